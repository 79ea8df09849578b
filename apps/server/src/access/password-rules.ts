import { isBreached } from "./breached.ts";

/** NIST SP 800-63B-4 §3.1.1.2: fifteen letters when the password stands alone, eight beside a second factor; any letter, no other demand. */
export const passwordLength = { alone: 15, besideFactor: 8, most: 200 } as const;

/** One form for all keyboards (NFKC, as the standard advises): a letter typed as one sign or as two is the same letter. */
export const normalPassword = (password: string): string => password.normalize("NFKC");

/** Letters as people count them: code points after normalisation. */
export const lengthOf = (password: string): number => [...normalPassword(password)].length;

/** Is it long enough to stand alone? */
export const mayStandAlone = (password: string): boolean => lengthOf(password) >= passwordLength.alone;

/** Why a password cannot be chosen. */
export type PasswordFault = "password_too_short" | "password_too_short_alone" | "password_names_context" | "password_breached" | "password_monotonous";

const letters = (text: string): string => normalPassword(text).toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

const shortestWord = 4;

/** The words that a guesser of this very account would try first: user name, the parts of the name, the product, the government. */
export const contextWords = (given: { readonly username: string; readonly name: string; readonly government: readonly string[] }): readonly string[] =>
  [...new Set(["lontar", letters(given.username), ...[given.name, ...given.government].flatMap((text) => text.split(/[^\p{L}\p{N}]+/u).map(letters))])].filter((word) => word.length >= shortestWord);

/** What is left of a password when the words of its context are taken out must still be a password. */
const withoutContext = (password: string, words: readonly string[]): string => words.toSorted((a, b) => b.length - a.length).reduce((rest, word) => rest.replaceAll(word, ""), letters(password));

/** Is the password one letter, or a run, over and over? */
const isMonotonous = (password: string): boolean => new Set(normalPassword(password)).size < 4;

/** Why this password is refused, or `undefined`. Nothing leaves the server to find out. */
export const passwordFault = async (password: string, given: { readonly hasSecondFactor: boolean; readonly words: readonly string[] }): Promise<PasswordFault | undefined> => {
  if (lengthOf(password) < passwordLength.besideFactor) return "password_too_short";
  if (!given.hasSecondFactor && !mayStandAlone(password)) return "password_too_short_alone";
  if (isMonotonous(password)) return "password_monotonous";
  if (withoutContext(password, given.words).length < shortestWord) return "password_names_context";
  // "indonesia2026!" is "indonesia" to whoever guesses.
  const bare = normalPassword(password).replace(/[^\p{L}]+$/u, "");
  return (await isBreached(password)) || (bare.length >= passwordLength.besideFactor && (await isBreached(bare))) ? "password_breached" : undefined;
};
