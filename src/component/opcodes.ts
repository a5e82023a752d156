/** What follows an opcode in the code. `memarg` is alignment and offset; `lane` one byte. */
export type Immediate =
  | ''
  | 'block'
  | 'label'
  | 'labels'
  | 'func'
  | 'type'
  | 'local'
  | 'global'
  | 'table'
  | 'memory'
  | 'data'
  | 'elem'
  | 'field'
  | 'tag'
  | 'memarg'
  | 'lane'
  | 'i32'
  | 'i64'
  | 'f32'
  | 'f64'
  | 'v128'
  | 'lanes'
  | 'heap'
  | 'types'
  | 'catches'
  | 'resumes'
  | 'byte'
  | 'count';

/** One instruction of core WebAssembly 3.0 (with threads): its name in the text format and its immediates, in order. */
export interface Opcode {
  readonly name: string;
  readonly immediates: readonly Immediate[];
}

/** Instructions by their key: the opcode, or 256 × its place in PREFIXES + 256 + the number behind the prefix. */
const opcodes: (Opcode | undefined)[] = [];

const PREFIXES: readonly number[] = [0xfc, 0xfe, 0xfd, 0xfb];

/** How many keys the instructions behind one prefix have at most. */
const KEYS_PER_PREFIX = 512;

/** Where the keys behind each prefix begin. */
export const KEY = {
  /** 0xfc: saturating truncations, bulk memory, tables. */
  misc: 256,
  /** 0xfe: atomics. */
  atomic: 256 + KEYS_PER_PREFIX,
  /** 0xfd: vectors. */
  vector: 256 + 2 * KEYS_PER_PREFIX,
  /** 0xfb: garbage collection. */
  gc: 256 + 3 * KEYS_PER_PREFIX,
} as const;

/** Whether the instruction is told by a number behind this byte. */
export function isPrefix(byte: number): boolean {
  return PREFIXES.includes(byte);
}

/** The key of instruction `number` behind a prefix byte; it may be the key of no instruction. */
export function keyBehind(prefix: number, number: number): number {
  return number < KEYS_PER_PREFIX ? 256 + KEYS_PER_PREFIX * PREFIXES.indexOf(prefix) + number : -1;
}

/** All keys that are of an instruction. */
export function knownKeys(): readonly number[] {
  return [...opcodes.keys()].filter((key) => opcodes[key] !== undefined);
}

/** The instruction of a key, undefined if there is none. */
export function opcodeOf(key: number): Opcode | undefined {
  return opcodes[key];
}

/**
 * Adds a run of instructions with consecutive keys. Each word is a name, with its immediates behind slashes; `-` leaves
 * a key out.
 */
function add(start: number, text: string): void {
  for (const [index, word] of text.trim().split(/\s+/).entries()) {
    if (word === '-') continue;
    const [name = '', ...immediates] = word.split('/');
    opcodes[start + index] = { name, immediates: immediates.map(asImmediate) };
  }
}

function asImmediate(word: string): Immediate {
  return word as Immediate; // the words stand in this file; a test decodes every instruction
}

add(
  0x00,
  `unreachable nop block/block loop/block if/block else try/block catch/tag throw/tag rethrow/label throw_ref end
   br/label br_if/label br_table/labels return call/func call_indirect/type/table return_call/func
   return_call_indirect/type/table call_ref/type return_call_ref/type - - delegate/label catch_all drop select
   select/types - - try_table/block/catches local.get/local local.set/local local.tee/local global.get/global
   global.set/global table.get/table table.set/table - i32.load/memarg i64.load/memarg f32.load/memarg
   f64.load/memarg i32.load8_s/memarg i32.load8_u/memarg i32.load16_s/memarg i32.load16_u/memarg
   i64.load8_s/memarg i64.load8_u/memarg i64.load16_s/memarg i64.load16_u/memarg i64.load32_s/memarg
   i64.load32_u/memarg i32.store/memarg i64.store/memarg f32.store/memarg f64.store/memarg i32.store8/memarg
   i32.store16/memarg i64.store8/memarg i64.store16/memarg i64.store32/memarg memory.size/memory
   memory.grow/memory i32.const/i32 i64.const/i64 f32.const/f32 f64.const/f64`,
);
add(
  0x45,
  `i32.eqz i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u
   i64.eqz i64.eq i64.ne i64.lt_s i64.lt_u i64.gt_s i64.gt_u i64.le_s i64.le_u i64.ge_s i64.ge_u
   f32.eq f32.ne f32.lt f32.gt f32.le f32.ge f64.eq f64.ne f64.lt f64.gt f64.le f64.ge
   i32.clz i32.ctz i32.popcnt i32.add i32.sub i32.mul i32.div_s i32.div_u i32.rem_s i32.rem_u i32.and i32.or
   i32.xor i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr
   i64.clz i64.ctz i64.popcnt i64.add i64.sub i64.mul i64.div_s i64.div_u i64.rem_s i64.rem_u i64.and i64.or
   i64.xor i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr
   f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt f32.add f32.sub f32.mul f32.div f32.min
   f32.max f32.copysign f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt f64.add f64.sub
   f64.mul f64.div f64.min f64.max f64.copysign
   i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u i64.extend_i32_s
   i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u f32.convert_i32_s
   f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64 f64.convert_i32_s f64.convert_i32_u
   f64.convert_i64_s f64.convert_i64_u f64.promote_f32 i32.reinterpret_f32 i64.reinterpret_f64
   f32.reinterpret_i32 f64.reinterpret_i64 i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s
   i64.extend32_s`,
);
add(
  0xd0,
  'ref.null/heap ref.is_null ref.func/func ref.eq ref.as_non_null br_on_null/label br_on_non_null/label',
);
add(
  0xe0,
  `cont.new/type cont.bind/type/type suspend/tag resume/type/resumes resume_throw/type/tag/resumes
   resume_throw_ref/type/resumes switch/type/tag`,
);
add(
  KEY.misc,
  `i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u i64.trunc_sat_f32_s
   i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u memory.init/data/memory data.drop/data
   memory.copy/memory/memory memory.fill/memory table.init/elem/table elem.drop/elem table.copy/table/table
   table.grow/table table.size/table table.fill/table - i64.add128 i64.sub128 i64.mul_wide_s i64.mul_wide_u`,
);
add(
  KEY.atomic,
  'memory.atomic.notify/memarg memory.atomic.wait32/memarg memory.atomic.wait64/memarg atomic.fence/byte',
);
const ATOMIC_WIDTHS = ['i32.%', 'i64.%', 'i32.%8_u', 'i32.%16_u', 'i64.%8_u', 'i64.%16_u', 'i64.%32_u'];
add(KEY.atomic + 0x10, ATOMIC_WIDTHS.map((width) => `${width.replace('%', 'atomic.load')}/memarg`).join(' '));
add(
  KEY.atomic + 0x17,
  ATOMIC_WIDTHS.map((width) => `${width.replace('%', 'atomic.store').replace('_u', '')}/memarg`).join(' '),
);
for (const [index, operation] of ['add', 'sub', 'and', 'or', 'xor', 'xchg', 'cmpxchg'].entries()) {
  const names = ATOMIC_WIDTHS.map((width) => {
    const unsigned = width.endsWith('_u') ? '_u' : '';
    return `${width.replace('_u', '').replace('%', 'atomic.rmw')}.${operation}${unsigned}/memarg`;
  });
  add(KEY.atomic + 0x1e + 7 * index, names.join(' '));
}
add(
  KEY.vector,
  `v128.load/memarg v128.load8x8_s/memarg v128.load8x8_u/memarg v128.load16x4_s/memarg v128.load16x4_u/memarg
   v128.load32x2_s/memarg v128.load32x2_u/memarg v128.load8_splat/memarg v128.load16_splat/memarg
   v128.load32_splat/memarg v128.load64_splat/memarg v128.store/memarg v128.const/v128 i8x16.shuffle/lanes
   i8x16.swizzle i8x16.splat i16x8.splat i32x4.splat i64x2.splat f32x4.splat f64x2.splat
   i8x16.extract_lane_s/lane i8x16.extract_lane_u/lane i8x16.replace_lane/lane i16x8.extract_lane_s/lane
   i16x8.extract_lane_u/lane i16x8.replace_lane/lane i32x4.extract_lane/lane i32x4.replace_lane/lane
   i64x2.extract_lane/lane i64x2.replace_lane/lane f32x4.extract_lane/lane f32x4.replace_lane/lane
   f64x2.extract_lane/lane f64x2.replace_lane/lane
   i8x16.eq i8x16.ne i8x16.lt_s i8x16.lt_u i8x16.gt_s i8x16.gt_u i8x16.le_s i8x16.le_u i8x16.ge_s i8x16.ge_u
   i16x8.eq i16x8.ne i16x8.lt_s i16x8.lt_u i16x8.gt_s i16x8.gt_u i16x8.le_s i16x8.le_u i16x8.ge_s i16x8.ge_u
   i32x4.eq i32x4.ne i32x4.lt_s i32x4.lt_u i32x4.gt_s i32x4.gt_u i32x4.le_s i32x4.le_u i32x4.ge_s i32x4.ge_u
   f32x4.eq f32x4.ne f32x4.lt f32x4.gt f32x4.le f32x4.ge f64x2.eq f64x2.ne f64x2.lt f64x2.gt f64x2.le f64x2.ge
   v128.not v128.and v128.andnot v128.or v128.xor v128.bitselect v128.any_true v128.load8_lane/memarg/lane
   v128.load16_lane/memarg/lane v128.load32_lane/memarg/lane v128.load64_lane/memarg/lane
   v128.store8_lane/memarg/lane v128.store16_lane/memarg/lane v128.store32_lane/memarg/lane
   v128.store64_lane/memarg/lane v128.load32_zero/memarg v128.load64_zero/memarg f32x4.demote_f64x2_zero
   f64x2.promote_low_f32x4
   i8x16.abs i8x16.neg i8x16.popcnt i8x16.all_true i8x16.bitmask i8x16.narrow_i16x8_s i8x16.narrow_i16x8_u
   f32x4.ceil f32x4.floor f32x4.trunc f32x4.nearest i8x16.shl i8x16.shr_s i8x16.shr_u i8x16.add i8x16.add_sat_s
   i8x16.add_sat_u i8x16.sub i8x16.sub_sat_s i8x16.sub_sat_u f64x2.ceil f64x2.floor i8x16.min_s i8x16.min_u
   i8x16.max_s i8x16.max_u f64x2.trunc i8x16.avgr_u i16x8.extadd_pairwise_i8x16_s i16x8.extadd_pairwise_i8x16_u
   i32x4.extadd_pairwise_i16x8_s i32x4.extadd_pairwise_i16x8_u
   i16x8.abs i16x8.neg i16x8.q15mulr_sat_s i16x8.all_true i16x8.bitmask i16x8.narrow_i32x4_s i16x8.narrow_i32x4_u
   i16x8.extend_low_i8x16_s i16x8.extend_high_i8x16_s i16x8.extend_low_i8x16_u i16x8.extend_high_i8x16_u i16x8.shl
   i16x8.shr_s i16x8.shr_u i16x8.add i16x8.add_sat_s i16x8.add_sat_u i16x8.sub i16x8.sub_sat_s i16x8.sub_sat_u
   f64x2.nearest i16x8.mul i16x8.min_s i16x8.min_u i16x8.max_s i16x8.max_u - i16x8.avgr_u
   i16x8.extmul_low_i8x16_s i16x8.extmul_high_i8x16_s i16x8.extmul_low_i8x16_u i16x8.extmul_high_i8x16_u
   i32x4.abs i32x4.neg - i32x4.all_true i32x4.bitmask - - i32x4.extend_low_i16x8_s i32x4.extend_high_i16x8_s
   i32x4.extend_low_i16x8_u i32x4.extend_high_i16x8_u i32x4.shl i32x4.shr_s i32x4.shr_u i32x4.add - - i32x4.sub
   - - - i32x4.mul i32x4.min_s i32x4.min_u i32x4.max_s i32x4.max_u i32x4.dot_i16x8_s -
   i32x4.extmul_low_i16x8_s i32x4.extmul_high_i16x8_s i32x4.extmul_low_i16x8_u i32x4.extmul_high_i16x8_u
   i64x2.abs i64x2.neg - i64x2.all_true i64x2.bitmask - - i64x2.extend_low_i32x4_s i64x2.extend_high_i32x4_s
   i64x2.extend_low_i32x4_u i64x2.extend_high_i32x4_u i64x2.shl i64x2.shr_s i64x2.shr_u i64x2.add - - i64x2.sub
   - - - i64x2.mul i64x2.eq i64x2.ne i64x2.lt_s i64x2.gt_s i64x2.le_s i64x2.ge_s i64x2.extmul_low_i32x4_s
   i64x2.extmul_high_i32x4_s i64x2.extmul_low_i32x4_u i64x2.extmul_high_i32x4_u
   f32x4.abs f32x4.neg - f32x4.sqrt f32x4.add f32x4.sub f32x4.mul f32x4.div f32x4.min f32x4.max f32x4.pmin
   f32x4.pmax f64x2.abs f64x2.neg - f64x2.sqrt f64x2.add f64x2.sub f64x2.mul f64x2.div f64x2.min f64x2.max
   f64x2.pmin f64x2.pmax i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s
   f32x4.convert_i32x4_u i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero f64x2.convert_low_i32x4_s
   f64x2.convert_low_i32x4_u
   i8x16.relaxed_swizzle i32x4.relaxed_trunc_f32x4_s i32x4.relaxed_trunc_f32x4_u i32x4.relaxed_trunc_f64x2_s_zero
   i32x4.relaxed_trunc_f64x2_u_zero f32x4.relaxed_madd f32x4.relaxed_nmadd f64x2.relaxed_madd f64x2.relaxed_nmadd
   i8x16.relaxed_laneselect i16x8.relaxed_laneselect i32x4.relaxed_laneselect i64x2.relaxed_laneselect
   f32x4.relaxed_min f32x4.relaxed_max f64x2.relaxed_min f64x2.relaxed_max i16x8.relaxed_q15mulr_s
   i16x8.relaxed_dot_i8x16_i7x16_s i32x4.relaxed_dot_i8x16_i7x16_add_s`,
);
add(
  KEY.gc,
  `struct.new/type struct.new_default/type struct.get/type/field struct.get_s/type/field struct.get_u/type/field
   struct.set/type/field array.new/type array.new_default/type array.new_fixed/type/count array.new_data/type/data
   array.new_elem/type/elem array.get/type array.get_s/type array.get_u/type array.set/type array.len
   array.fill/type array.copy/type/type array.init_data/type/data array.init_elem/type/elem ref.test/heap
   ref.test_null/heap ref.cast/heap ref.cast_null/heap br_on_cast/byte/label/heap/heap
   br_on_cast_fail/byte/label/heap/heap any.convert_extern extern.convert_any ref.i31 i31.get_s i31.get_u`,
);
