/** The face of the package: make a seal, list its keys, judge what a QR code says. */
export { decodeCbor, encodeCbor, NotCanonical, type Cbor, type CborLimits } from "./cbor.ts";
export { fromBase32, toBase32 } from "./base32.ts";
export { keyIdOf, sign1, type SignEs256 } from "./cose.ts";
export { addressParts, looksLikeSeal, makeSeal, readSeal, saysSame, sealLimits, type Seal, type SealDamage, type SealFacts } from "./seal.ts";
export { contentOf } from "./content.ts";
export { hexOf } from "./hex.ts";
export { hashOfCode, isWithdrawn, withdrawnLetters, type WithdrawnLetters } from "./withdrawn.ts";
export { makeTrustList, readTrustList, trustedKeys, type ListedKey, type Trusted, type TrustedKey, type TrustList } from "./trust-list.ts";
export { carriesSeal, compareSeal, judgeRegistered, judgeSeal, sealAspect, type GoodSeal, type Recorded, type RegisteredSeal, type Registration, type SealRefusal, type SealVerdict } from "./judge.ts";
export { inForceSentence, sealWords, type SealLanguage, type SealWords } from "./words.ts";
