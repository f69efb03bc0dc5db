/** How many seeds a test runs through: a few by themselves, more where MATRIX_SEEDS asks for them. */
export function seeds(few: number): number[] {
  return Array.from({ length: Number(process.env.MATRIX_SEEDS ?? few) }, (_, n) => n + 1);
}
