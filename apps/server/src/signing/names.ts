/**
 * Does a certificate's name belong to this person? Certificates leave out academic titles and often full stops ("DRS. H. BUDI SANTOSO, M.SI"
 * and "Budi Santoso"), so what counts are the words of the name itself, in order, without titles before and after it.
 */
export const namesAgree = (certificate: string, person: string): boolean => {
  const [one, other] = [nameWords(certificate), nameWords(person)];
  return one.length > 0 && one.length === other.length && one.every((word, index) => word === other[index]);
};

// Titles before a name are few and known; after its first comma only titles follow.
const nameWords = (name: string): readonly string[] =>
  (name.normalize("NFKC").split(",")[0] ?? "")
    .split(/\s+/)
    .filter((word) => word !== "" && !titles.has(word.toUpperCase().replaceAll(".", "")))
    .map((word) => word.toUpperCase().replaceAll(/[^\p{L}]/gu, ""))
    .filter((word) => word !== "");

const titles: ReadonlySet<string> = new Set(["DR", "DRS", "DRA", "DRG", "DRH", "IR", "H", "HJ", "KH", "PROF", "APT", "NS"]);
