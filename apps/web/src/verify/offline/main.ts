import { checkSentence } from "@lontar/contract/validation-words";
import { inForceSentence, sealAspect, sealWords, type GoodSeal, type SealFacts } from "@lontar/seal";
import { now } from "../../kernel/clock.ts";
import { timeWords, type Language } from "../../kernel/time.ts";
import { verdictOf, type Kind, type Mark } from "../file-verdict.ts";
import { findingsOf } from "../findings.ts";
import type { ProofCheck } from "../judge-proof.ts";
import { readPhoto } from "../photo.ts";
import { samenessOf, verdictAgainst, type Sameness } from "../same-letter.ts";
import { openWords } from "../words.ts";
import { readAnchors, type Anchors } from "./anchors.ts";
import { build, emblem, icon, type Child } from "./build.ts";
import { judgeFile, judgeScan, type OfflineFile } from "./judge.ts";
import { offlineWords } from "./words.ts";

/** The verifier that is one file: its whole page, in plain DOM, so that it stays small enough to be read by whoever doubts it. */

type Shown = { readonly kind: "intro" } | { readonly kind: "busy" } | { readonly kind: "problem"; readonly sentence: string } | { readonly kind: "file"; readonly found: OfflineFile; /** The seal that it is held against. */ readonly against: GoodSeal | undefined } | { readonly kind: "scan"; readonly judged: Awaited<ReturnType<typeof judgeScan>> };

/** What was found so far: a file and a seal that come one after the other are one question. */
let lastFile: OfflineFile | undefined;
let lastSeal: GoodSeal | undefined;

type Questions = Readonly<Record<"integrity" | "identity" | "authority", string>>;

const bigWords: Readonly<Record<Language, Readonly<Record<Kind, string>>>> = {
  id: { valid: "SAH", invalid: "TIDAK SAH", revoked: "DICABUT", expired: "KEDALUWARSA", missing: "TIDAK DAPAT DIPASTIKAN", limited: "TERBATAS", doubtful: "DIRAGUKAN", unchecked: "STATUS BELUM DIPERIKSA", other: "BUKAN SURAT ITU" },
  en: { valid: "VALID", invalid: "NOT VALID", revoked: "REVOKED", expired: "EXPIRED", missing: "CANNOT BE CONFIRMED", limited: "LIMITED", doubtful: "IN DOUBT", unchecked: "STATUS NOT CHECKED", other: "NOT THAT LETTER" },
};
const fileQuestions: Readonly<Record<Language, Questions>> = {
  id: { integrity: "Apakah isinya masih utuh?", identity: "Benarkah orang itu yang menandatangani?", authority: "Apakah ia berwenang, dan suratnya masih berlaku?" },
  en: { integrity: "Is its content whole?", identity: "Did that person really sign?", authority: "Was he or she in office, and is the letter still in force?" },
};

const dayMs = 86_400_000;
const oldAfterDays = 60;
const largestFile = 100_000_000;

let language: Language = navigator.language.startsWith("en") ? "en" : "id";
let shown: Shown = { kind: "intro" };
const anchors = readAnchors(document.getElementById("anchors")?.textContent ?? "");

const show = (next: Shown): void => {
  shown = next;
  draw();
};

const time = () => timeWords("WITA", language);

const draw = (): void => {
  const words = offlineWords[language];
  document.documentElement.lang = language;
  document.title = words.title;
  const main = anchors === undefined ? message(words.noAnchors, words.noAnchorsNext) : crypto.subtle === undefined ? message(words.title, words.insecure) : body(anchors);
  const host = anchors?.hosts[0] ?? "";
  document.getElementById("page")?.replaceChildren(
    build("header", {}, build("div", { class: "x" }, icon("shield"), build("p", {}, build("b", {}, words.title), anchors === undefined ? "" : words.of(host, time().longDate(anchors.day))), build("nav", { "aria-label": words.language }, ...(["id", "en"] as const).map(languageButton)))),
    main,
    build("footer", {}, build("div", { class: "x" }, `${words.lead} ${words.never}`)),
  );
};

const languageButton = (code: Language): HTMLElement => {
  const button = build("button", { type: "button", lang: code, "aria-label": code === "id" ? "ID, Bahasa Indonesia" : "EN, English", "aria-pressed": String(language === code) }, code.toUpperCase());
  button.addEventListener("click", () => {
    language = code;
    draw();
  });
  return button;
};

const message = (title: string, sentence: string): HTMLElement => build("main", {}, build("div", {}, build("h1", {}, title), build("p", {}, sentence)));

const dayOf = ({ day }: Anchors): number => Date.parse(`${day}T00:00:00Z`);

const body = (pinned: Anchors): HTMLElement => {
  const words = offlineWords[language];
  const isOld = now().getTime() - dayOf(pinned) > oldAfterDays * dayMs;
  return build("main", {}, build("div", { role: "status", "aria-busy": String(shown.kind === "busy") }, ...(isOld ? [build("p", { class: "note" }, words.old(time().longDate(pinned.day)))] : []), ...result(pinned)), build("aside", {}, dropZone(pinned), scanForm(pinned)));
};

const result = (pinned: Anchors): readonly Child[] => {
  const words = offlineWords[language];
  switch (shown.kind) {
    case "intro":
      return [build("h1", {}, words.intro), build("ol", { class: "todo" }, ...words.steps.map((step) => build("li", {}, build("span", {}, step))))];
    case "busy":
      return [build("h1", {}, words.working)];
    case "problem":
      return [build("h1", {}, shown.sentence)];
    case "file":
      return fileResult(shown.found, shown.against, pinned);
    case "scan":
      return scanResult(shown.judged);
    default:
      return shown satisfies never;
  }
};

type Answers = Readonly<Record<"integrity" | "identity" | "authority", { readonly mark: Mark; readonly sentence: string }>>;

const verdict = (kind: Kind, sentence: string, subject: string, questions: Questions, answers: Answers): HTMLElement => {
  const { check } = openWords[language];
  const tone = kind === "invalid" || kind === "other" ? "bad" : kind === "valid" ? "good" : "warn";
  return build(
    "section", { class: `v ${tone}` }, emblem(tone), build("h1", {}, build("span", { class: "big" }, bigWords[language][kind]), build("span", { class: "line" }, sentence)), build("p", { class: "subject" }, subject),
    build("ol", { class: "three" }, ...(["integrity", "identity", "authority"] as const).map((aspect) => {
      const { mark, sentence: said } = answers[aspect];
      return build("li", { class: mark }, icon(mark), build("div", {}, build("h2", {}, questions[aspect]), build("p", {}, build("b", {}, check.short[mark]), ` ${said}`)));
    })),
  );
};

const fileResult = (found: OfflineFile, against: GoodSeal | undefined, pinned: Anchors): readonly Child[] => {
  const { check } = openWords[language];
  if (found.unreadable !== undefined) return [build("h1", {}, check.notChecked), build("p", {}, check.unreadable[found.unreadable]), build("p", { class: "subject" }, found.name)];
  const { report, leakedSince, withdrawn } = found;
  const alone = verdictOf({ report, registered: undefined, hasRoots: true, kept: { withdrawn, issuedAt: dayOf(pinned) } });
  const byItself = leakedSince === undefined || alone.kind !== "unchecked" ? alone : ({ ...alone, kind: "doubtful", identity: "unknown" } as const);
  const sameness = against === undefined ? undefined : samenessOf({ ...against.facts, withdrawn: against.withdrawn }, byItself, { content: found.content, registered: undefined });
  const judged = verdictAgainst(byItself, sameness);
  // Of a file that was changed nobody can say whose it is.
  const isChanged = judged.kind === "invalid";
  const answers: Answers = {
    integrity: { mark: judged.integrity, sentence: check.sentences.integrity[judged.integrity] },
    identity: { mark: judged.identity, sentence: leakedSince !== undefined && !isChanged ? offlineWords[language].leaked(time().full(leakedSince)) : isChanged ? check.onlyOriginal.sentence : check.sentences.identity[judged.identity] },
    authority: { mark: judged.authority, sentence: isChanged ? "" : inForceSentence(sealWords[language], withdrawn, time().longDate(pinned.day)) },
  };
  const findings = isChanged && report !== undefined ? findingsOf(report) : [];
  const signer = report?.signatures[0]?.signer;
  return [
    verdict(judged.kind, check.lines[judged.kind], found.name, fileQuestions[language], answers),
    ...(against === undefined || sameness === undefined ? [] : [againstSeal(against, sameness, pinned, found)]),
    ...(judged.integrity === "yes" && signer !== undefined ? [build("p", {}, check.signedBy([signer.name, signer.title ?? "", signer.organisation ?? ""].filter((part) => part !== "").join(", ")))] : []),
    ...(found.isDevelopment && judged.identity === "yes" ? [build("p", { class: "note" }, check.development)] : []),
    ...(findings.length === 0 ? [] : [build("section", {}, build("h2", {}, check.found), build("ul", { class: "found" }, ...findings.map((finding) => build("li", {}, finding.kind === "check" ? check.failed[finding.name] : `${check.addedAfter(finding.revision)}: ${check.changes[finding.name]}.`))))]),
    ...(found.proof === undefined ? [] : [proofResult(found.proof)]),
    build("details", {}, build("summary", {}, offlineWords[language].details), build("dl", {}, ...row(check.hash, found.sha256.replaceAll(/(.{8})(?=.)/g, "$1 "))), build("ul", {}, ...(report?.signatures ?? []).flatMap((signature) => signature.checks.map((each) => build("li", { class: each.outcome }, `${check.names[each.name]}: ${check.verdicts[each.outcome]}. ${checkSentence(language, each)}`))))),
  ];
};

/** Whether the file is the letter whose seal was scanned, and which letter that is. */
const againstSeal = ({ facts, name, withdrawn }: GoodSeal, sameness: Sameness, pinned: Anchors, found: OfflineFile): HTMLElement => {
  const { check } = openWords[language];
  const words = sealWords[language];
  const alone = build("button", { type: "button", class: "btn" }, check.meant.alone);
  alone.addEventListener("click", () => {
    lastSeal = undefined;
    show({ kind: "file", found, against: undefined });
  });
  return build("section", {}, build("h2", {}, check.meant.title), build("p", { class: sameness === "same" ? "" : "note" }, check.meant.words[sameness]), build("p", {}, `${words.good(name)} ${inForceSentence(words, withdrawn, time().longDate(pinned.day))}`), build("dl", {}, ...sealedRows(facts)), alone);
};

const sealedRows = (facts: SealFacts): readonly HTMLElement[] => {
  const { check, number, date, subject, signer, pages } = openWords[language];
  return [
    ...(facts.number === undefined ? [] : row(number, facts.number)), ...row(date, time().longDate(facts.date)), ...(facts.subject === undefined ? [] : row(subject, facts.subject)),
    ...(facts.post === undefined ? [] : row(signer, facts.post)), ...(facts.pages === undefined ? [] : row(check.seal.length, pages(facts.pages))), ...row(check.code, facts.code),
  ];
};

const proofResult = (proof: ProofCheck): HTMLElement => {
  const { check } = openWords[language];
  if (proof.state !== "proved") return build("section", {}, build("h2", {}, check.log.title), build("p", { class: "note" }, proof.state === "no_policy" ? check.log.noPolicy : check.log.refused[proof.why]));
  return build(
    "section", {}, build("h2", {}, check.log.title), build("p", {}, check.log.proved(String(proof.index), String(proof.size))),
    build("dl", {}, ...row(check.log.at, time().full(proof.at)), ...proof.witnesses.flatMap((witness) => row(check.log.seenBy(witness.name), time().full(witness.at)))), ...(proof.witnesses.length === 0 ? [build("p", { class: "subject" }, check.log.noWitness)] : []),
  );
};

const scanResult = ({ verdict: judged, keys }: Awaited<ReturnType<typeof judgeScan>>): readonly Child[] => {
  const { check } = openWords[language];
  const words = sealWords[language];
  if ("refused" in judged) {
    const failed = sealAspect[judged.refused];
    const answer = (aspect: keyof Answers): Answers[keyof Answers] => (aspect === failed ? { mark: "no", sentence: check.seal.fails[aspect] } : { mark: "unknown", sentence: "" });
    return [verdict("invalid", words.refused[judged.refused], judged.host ?? "", check.seal.questions, { integrity: answer("integrity"), identity: answer("identity"), authority: answer("authority") })];
  }
  const { facts, name, withdrawn } = judged.good;
  const inForce = withdrawn === true ? "no" : "unknown";
  const listed = time().longDate(new Date(keys.issuedAt).toISOString());
  return [
    verdict(withdrawn === true ? "revoked" : "unchecked", withdrawn === true ? check.lines.revoked : check.seal.line, check.seal.listed(listed), check.seal.questions, { integrity: { mark: "yes", sentence: check.seal.whole }, identity: { mark: "yes", sentence: words.good(name) }, authority: { mark: inForce, sentence: inForceSentence(words, withdrawn, listed) } }),
    build("section", {}, build("h2", {}, check.seal.compareTitle), build("p", {}, facts.number === undefined ? words.withheld : words.compare), build("dl", {}, ...sealedRows(facts))),
  ];
};

const row = (name: string, value: string): readonly HTMLElement[] => [build("div", {}, build("dt", {}, name), build("dd", {}, value))];

const dropZone = (pinned: Anchors): HTMLElement => {
  const words = offlineWords[language];
  const input = build("input", { type: "file", multiple: "", accept: "application/pdf,.pdf,.tlog-proof,image/*", "aria-label": words.choose });
  input.addEventListener("change", () => {
    if (input instanceof HTMLInputElement) void judgeAll([...(input.files ?? [])], pinned);
  });
  return build("label", { class: "card" }, build("h2", {}, words.drop), build("span", {}, words.dropLead), build("span", { class: "btn" }, words.choose), input);
};

const scanForm = (pinned: Anchors): HTMLElement => {
  const words = offlineWords[language];
  const field = build("textarea", { rows: "4", required: "", maxlength: "700", spellcheck: "false", autocomplete: "off", autocapitalize: "characters", "aria-label": words.scan });
  const form = build("form", {}, build("h2", {}, words.scan), build("p", {}, words.scanLead), field, build("button", { class: "btn" }, words.scanGo));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field instanceof HTMLTextAreaElement) void work(() => scan(field.value.replaceAll(/\s/g, ""), pinned));
  });
  return form;
};

const work = async (judge: () => Promise<Shown>): Promise<void> => {
  show({ kind: "busy" });
  // A bug must not leave the last verdict standing.
  show(await judge().catch((error: unknown): Shown => ({ kind: "problem", sentence: error instanceof Error ? error.message : String(error) })));
};

/** Judges a seal; a genuine one is held against the file that is here. */
const scan = async (text: string, pinned: Anchors): Promise<Shown> => {
  const judged = await judgeScan(text, pinned);
  lastSeal = "good" in judged.verdict ? judged.verdict.good : undefined;
  return lastSeal === undefined || lastFile === undefined ? { kind: "scan", judged } : { kind: "file", found: lastFile, against: lastSeal };
};

const judgeAll = (files: readonly File[], pinned: Anchors): Promise<void> =>
  work(async () => {
    const { check } = openWords[language];
    const proof = files.find((file) => /\.tlog-proof$/i.test(file.name));
    const photo = files.find((file) => file.type.startsWith("image/"));
    const [letter, ...more] = files.filter((each) => each !== proof && each !== photo);
    if ((letter ?? photo) === undefined || more.length > 0) return { kind: "problem", sentence: offlineWords[language].onlyOne };
    if (files.some((file) => file.size > largestFile)) return { kind: "problem", sentence: check.unreadable.too_large };
    // A proof has some fifty lines.
    if (letter !== undefined) lastFile = await judgeFile({ name: letter.name, bytes: new Uint8Array(await letter.arrayBuffer()), proof: await proof?.slice(0, 200_000).text() }, pinned, now());
    if (photo !== undefined) {
      const text = await readPhoto(photo);
      return text === undefined ? { kind: "problem", sentence: check.seal.noCode } : scan(text, pinned);
    }
    return lastFile === undefined ? { kind: "intro" } : { kind: "file", found: lastFile, against: lastSeal };
  });

document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (anchors !== undefined) void judgeAll([...(event.dataTransfer?.files ?? [])], anchors);
});
draw();
