import type { LinearMemory } from './memory';
import type { Value } from './state';

/** Error numbers of WASI preview 1. */
const errno = { success: 0, badf: 8 };

/**
 * What a host of WASI preview 1 that has nothing to give would answer: no arguments, no environment, no directories, input that has
 * ended, output that takes everything, the time 0. Null if the call's pointers do not lie in the memory.
 */
export function preview1Answer(
  name: string,
  args: readonly Value[],
  memory: LinearMemory | null,
): readonly Value[] | null {
  if (memory === null) return null;
  const pointer = (index: number): number => Number(args[index] ?? 0) >>> 0;
  const write = (at: number, size: number, value = 0): boolean => {
    if (!memory.has(at, size)) return false;
    for (let offset = 0; offset < size; offset += 4) memory.store(at + offset, 4, offset === 0 ? value : 0);
    return true;
  };
  const answer = (isThere: boolean) => (isThere ? [errno.success] : null);
  switch (name) {
    case 'args_sizes_get':
    case 'environ_sizes_get':
      return answer(write(pointer(0), 4) && write(pointer(1), 4));
    case 'clock_time_get':
      return answer(write(pointer(2), 8));
    case 'clock_res_get':
      return answer(write(pointer(1), 8));
    case 'fd_fdstat_get':
      return answer(write(pointer(1), 24));
    case 'fd_prestat_get':
      return [errno.badf];
    case 'fd_read':
      return answer(write(pointer(3), 4));
    case 'fd_write': {
      const length = lengthOf(pointer(1), pointer(2), memory);
      return length === null ? null : answer(write(pointer(3), 4, length));
    }
    default:
      return [errno.success];
  }
}

/** More buffers than this are not given in one call. */
const mostBuffers = 1024;

/** The bytes in a list of buffers, each with an address and a length. */
function lengthOf(list: number, count: number, memory: LinearMemory): number | null {
  if (count > mostBuffers || !memory.has(list, count * 8)) return null;
  let length = 0;
  for (let index = 0; index < count; index++) length += memory.load(list + index * 8 + 4, 4) >>> 0;
  return length;
}
