/** The letter types this installation knows. Adding one: its folder under `types/`, and one line here. */
import type { LetterType } from "./letter-type.ts";
import { beritaAcaraSerahTerima } from "./types/bast/type.ts";
import { notaDinas } from "./types/nd/type.ts";
import { suratDinas } from "./types/sd/type.ts";
import { keteranganDomisili } from "./types/skdom/type.ts";
import { suratTugas } from "./types/st/type.ts";
import { suratUndangan } from "./types/und/type.ts";

/** Every letter type, in the order a drafter is offered them. */
export const letterTypes: readonly LetterType[] = [
  suratDinas,
  suratUndangan,
  notaDinas,
  suratTugas,
  beritaAcaraSerahTerima,
  keteranganDomisili,
];

/** The letter type of a code, or undefined. */
export const letterType = (code: string): LetterType | undefined => letterTypes.find((type) => type.code === code);
