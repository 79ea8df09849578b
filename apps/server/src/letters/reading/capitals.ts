const small = new Set(["dan", "di", "ke", "dari", "untuk", "serta", "atau", "yang", "pada", "bagi", "dengan", "dalam", "tentang"]);

/** Abbreviations that can be spoken like words, so that their vowels do not give them away. */
const abbreviations = new Set(
  "PT CV RI UPT UPTD RSUD SD SDN SMP SMPN SMA SMAN SMK SMKN TK KPU PMI PKK DPRD BPBD BPS BNN BKN BPN BPK BPD LKD BPJS TNI KORPRI PGRI BUMD BUMDES II III IV VI VII SPBE APBD APBN ASN PPPK OPD SKPD DPA RKA RKPD RPJMD RPJPD KUA PPAS DAK DAU SAKIP LAKIP SOP TTE UMKM PAUD PPU IKN MTQ HUT".split(" "),
);

/** `DINAS KOMUNIKASI DAN INFORMATIKA` as a person writes it: Dinas Komunikasi dan Informatika. Words that are not all capitals stay. */
export const fromCapitals = (text: string): string =>
  text
    .split(/\s+/)
    .map((word, index, words) => {
      const bare = word.replace(/[^\p{L}]/gu, "");
      if (bare !== bare.toUpperCase() || abbreviations.has(bare) || (bare.length <= 4 && !/[AIUEO]/.test(bare))) return word;
      const lower = word.toLowerCase();
      return index > 0 && small.has(lower) && !(lower === "dalam" && /^negeri/i.test(words[index + 1] ?? "")) ? lower : lower.replace(/\p{L}/u, (letter) => letter.toUpperCase());
    })
    .join(" ");
