type Callable = (...args: readonly unknown[]) => unknown;

/** How many functions of the host a guest has called. */
export interface CallCount {
  /** Interfaces to hand to the guest instead of the given ones: the same, but every call of a function is counted. */
  readonly imports: Readonly<Record<string, object>>;
  /** The calls since this was last asked. */
  take(): number;
}

/**
 * Counts a guest's calls of the host: functions, constructors, and methods of the resources that they return.
 * It costs a little with every call, and changes the resources' classes for good, so it is only for processes
 * that are there to watch a guest.
 */
export function countCalls(imports: Readonly<Record<string, object | undefined>>): CallCount {
  let calls = 0;
  const instrumented = new WeakSet();

  const counted = (target: Callable): Callable =>
    new Proxy(target, {
      apply: (original, self, args) => {
        calls += 1;
        return noticed(Reflect.apply(original, self, args));
      },
      construct: (original, args, newTarget) => {
        calls += 1;
        return Object(noticed(Reflect.construct(original, args, newTarget))) as object;
      },
    });

  /** Resources are known by what functions return: their methods are not on the classes that the guest imports. */
  const noticed = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (Array.isArray(value)) value.forEach(noticed);
    else if (prototype === Object.prototype) Object.values(value).forEach(noticed);
    else instrument(prototype);
    return value;
  };

  const instrument = (prototype: unknown): void => {
    if (typeof prototype !== 'object' || prototype === null) return;
    if (builtIn.has(prototype) || instrumented.has(prototype)) return;
    instrumented.add(prototype);
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      const method: unknown = property.value;
      if (name === 'constructor' || typeof method !== 'function' || property.configurable !== true) continue;
      // What a prototype holds as a value and is a function is a method.
      Object.defineProperty(prototype, name, { ...property, value: counted(method as Callable) });
    }
    instrument(Object.getPrototypeOf(prototype));
  };

  const countedInterface = (functions: object | undefined): object =>
    Object.fromEntries(
      Object.entries(functions ?? {}).map(([name, value]: [string, unknown]) => [
        name,
        typeof value === 'function' ? counted(value as Callable) : value,
      ]),
    );

  return {
    imports: Object.fromEntries(
      Object.entries(imports).map(([name, each]) => [name, countedInterface(each)]),
    ),
    take: () => {
      const taken = calls;
      calls = 0;
      return taken;
    },
  };
}

/** Prototypes of JavaScript itself, which values other than resources have. */
const builtIn: ReadonlySet<object> = new Set([
  Object.prototype,
  Error.prototype,
  Promise.prototype,
  Map.prototype,
  Set.prototype,
  ArrayBuffer.prototype,
]);
