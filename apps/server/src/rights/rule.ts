import type { z } from "zod";
import type { contract } from "@lontar/contract";
import type { PostFunction } from "../kernel/actor.ts";
import type { Reader } from "../kernel/state.ts";

/** A clause of the visibility rule (domain §8.1). */
export type Clause = z.output<(typeof contract)["rights.mine"]["result"]>["grounds"][number]["clause"];

/** Every part of the rule with its clause, in the order in which a list tells them. */
export const clauses: Readonly<Record<Reader["rule"], Clause>> = {
  penyusun: "a", pemaraf: "a", penanda_tangan: "a", pencatat: "a", pelapor: "a",
  dituju: "b", tembusan: "b", disposisi: "b",
  klasifikasi: "c",
  registrasi: "d",
  pemeriksaan: "e",
  darurat: "darurat",
};

/** The parts of the rule, as told. */
export const rules: readonly Reader["rule"][] = ["penyusun", "pemaraf", "penanda_tangan", "pencatat", "pelapor", "dituju", "tembusan", "disposisi", "klasifikasi", "registrasi", "pemeriksaan", "darurat"];

/** Who has only a copy, a right of class, or reads by oversight, handles nothing: who else may see the letter is not his to ask. */
const handling: ReadonlySet<Reader["rule"]> = new Set(rules.filter((rule) => rule !== "tembusan" && rule !== "klasifikasi" && rule !== "pemeriksaan" && rule !== "darurat"));

/** May he be told who else sees the letter? Whoever handles it, and the inspector. */
export const maySeeReaders = (grounds: readonly { readonly rule: Reader["rule"] }[], functions: readonly PostFunction[]): boolean =>
  functions.includes("inspector") || grounds.some((ground) => handling.has(ground.rule));

/** Is he told their names? Of a secret letter only those who see inside learn who else does; the inspector answers for all. */
export const seesNames = (grounds: readonly { readonly sight: "isi" | "sampul" }[], functions: readonly PostFunction[]): boolean =>
  functions.includes("inspector") || grounds.some((ground) => ground.sight === "isi");
