/**
 * The bytes of the practice files: readable text without end, cut from one block of a mebibyte. Any stretch of it is a
 * view of that block, so sending costs no generation and no memory.
 */

const BLOCK = 1024 * 1024;
/** The longest stretch that can be asked for. */
export const LONGEST_STRETCH = 131_072;

const WORDS = (
  'snapshot pool dataset mirror scrub resilver checksum block record stream clone bookmark hold origin vdev cache log ' +
  'spare quota reservation mount property inherit receive send rollback promote rename create destroy import export the ' +
  'a of and to in on with from over under morning river stone letter window garden winter harbour silver quiet'
).split(' ');

let block: Buffer | null = null;

/** A small generator of Lehmer's kind: the same text on every machine. */
function writeBlock(): Buffer {
  const made = Buffer.allocUnsafe(BLOCK + LONGEST_STRETCH);
  const words = WORDS.map((word) => Buffer.from(`${word} `));
  let state = 20_011;
  let at = 0;
  let column = 0;
  while (at < BLOCK) {
    state = (state * 48_271) % 2_147_483_647;
    const word = words[state % words.length] ?? Buffer.from(' ');
    at += word.copy(made, at, 0, BLOCK - at);
    column += word.length;
    if (column < 96) continue;
    made[at - 1] = 0x0a;
    column = 0;
  }
  made.copy(made, BLOCK, 0, LONGEST_STRETCH);
  return made;
}

/**
 * @param seed which text
 * @param start first byte of the stretch within the text
 * @param length at most {@link LONGEST_STRETCH}
 * @returns a view that must not be written to
 */
export function textStretch(seed: number, start: number, length: number): Buffer {
  block ??= writeBlock();
  const at = (((seed * 7_919) % BLOCK) + start) % BLOCK;
  return block.subarray(at, at + length);
}
