// Secret questions: which may be chosen, what an answer must be, and what makes two answers the same. Pure.

/**
 * The fixed list (SEC-58: no free question): none that a colleague, a CV or a list of publications answers.
 * Their sentences are in lib/language.
 */
export const questionKeys = [
  'school-not-attended',
  'driving-instructor',
  'first-soft-toy',
  'school-trip',
  'maths-teacher',
  'first-school-remembered',
  'childhood-neighbours',
  'first-film',
  'holiday-friend',
  'first-concert',
  'canteen-dish',
  'childhood-doctor',
  'first-record',
  'childhood-hiding-place',
] as const;
export type QuestionKey = (typeof questionKeys)[number];
