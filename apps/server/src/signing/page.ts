import { longTermSentence } from "@lontar/contract";
import { sealWords } from "@lontar/seal";
import { monthNames } from "../kernel/month-names.ts";
import { hoursAhead, type Zone } from "../kernel/ids.ts";
import { pageStyle } from "./page-style.ts";
import { pageWords, type Language, type PageWords } from "./page-words.ts";
import type { PublicVerification, Verification } from "./verify.ts";

/** Who reads the page: in which language, and the address that he should see in his browser. */
export type Reader = { readonly language: Language; readonly host: string };

/** Text as it may stand in HTML. */
export const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Dates and moments in an office's zone, as HTML. */
export const timeIn = (zone: Zone, language: Language) => {
  const date = (day: string): string => `${Number(day.slice(8, 10))}&nbsp;${monthNames[language][Number(day.slice(5, 7)) - 1] ?? ""} ${day.slice(0, 4)}`;
  const moment = (instant: string): string => {
    const local = new Date(Date.parse(instant) + hoursAhead[zone] * 3_600_000).toISOString();
    return `${date(local)} ${language === "id" ? "pukul" : "at"} ${local.slice(11, 16).replace(":", ".")}&nbsp;${zone}`;
  };
  return { date, moment };
};
type Time = ReturnType<typeof timeIn>;

const grouped = (code: string): string => code.replaceAll(/(.{5})(?=.)/g, "$1-");
const duties: Readonly<Record<string, keyof PageWords["duty"]>> = { plt: "plt", plh: "plh", pj: "pj" };

const acting: Readonly<Record<string, string>> = { definitif: "", plt: "Plt. ", plh: "Plh. ", pj: "Pj. " };
const tones: Readonly<Record<Verification["state"], "good" | "bad" | "warn">> = { sah: "good", tidak_dikenal: "bad", konsep: "bad", dicabut: "warn", digantikan: "warn", kedaluwarsa: "warn", terbatas: "warn", diragukan: "warn", palsu: "bad" };

// A wave of petals, an octagon, a triangle: the word's colour is never alone.
const seals = {
  good: `<path d="M60 10a50 50 0 1 1-.1 0" fill="#c38a24" stroke="#c38a24" stroke-width="17" stroke-linecap="round" stroke-dasharray="0 15.700"/><circle cx="60" cy="60" r="42" fill="#14614a" stroke="#fff" stroke-width="4"/><path d="m42 61 12 12 25-25" fill="none" stroke="#fff" stroke-width="9"/>`,
  bad: `<path d="M39 6h42l33 33v42l-33 33H39L6 81V39z" fill="#a3211a"/><path d="m43 43 34 34m0-34L43 77" stroke="#fff" stroke-width="10"/>`,
  warn: `<path d="M60 8 114 106H6z" fill="#fdf0d9" stroke="#8a5200" stroke-width="6" stroke-linejoin="round"/><path d="M60 44v30m0 12v8" stroke="#8a5200" stroke-width="9"/>`,
};
const crest = `<img src="/lambang.svg" alt="" width="38" height="46">`;
const line = (drawing: string): string => `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.5" aria-hidden="true"><path d="${drawing}"/></svg>`;
/** The marks of what is so, what is not, and what is not known yet. */
export const marks = { ya: line("m5 12.5 4.5 4.5L19 7.5"), tidak: line("M6 6l12 12M18 6 6 18"), belum: line("M12 5v9m0 3v3") };
const cord = `<svg viewBox="0 0 344 98" aria-hidden="true"><pattern id="p" width="344" height="14" patternUnits="userSpaceOnUse"><rect x="16" y="2" width="300" height="10" rx="2.500" fill="var(--t)"/></pattern><rect width="344" height="98" fill="url(#p)"/><rect y="44" width="340" height="10" rx="2.500" fill="var(--g)"/><path d="M116 0v98" stroke="var(--k)" stroke-width="2"/></svg>`;

/** What every page for anyone has around its own part: which site this is, in which language, whose page. */
export const bodyOf = (words: PageWords, { language, host }: Reader, given: { /** The page's own name, already escaped. */ readonly name: string; readonly owner: string; readonly main: string }): string => {
  const choice = (code: Language, name: string): string => `<a href="?lang=${code}" lang="${code}" aria-label="${code.toUpperCase()}, ${name}"${code === language ? ` aria-current="true"` : ""}>${code.toUpperCase()}</a>`;
  return `<div class="gov"><div class="x"><span>${words.official} <b>${escape(host)}</b></span><nav aria-label="${words.languages}">${choice("id", "Bahasa Indonesia")}${choice("en", "English")}</nav></div></div>
<header><div class="x">${crest}<p><b>${given.name}</b>${given.owner}</p></div></header>
<main>${given.main}</main><footer><div class="x">${words.never}</div></footer>`;
};

const shell = (words: PageWords, reader: Reader, given: { readonly title: string; readonly owner: string; readonly tone: keyof typeof seals; readonly main: string }): string =>
  `<!doctype html><html lang="${reader.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${given.title}</title><style>${pageStyle}</style></head><body class="${given.tone}">
${bodyOf(words, reader, { name: words.title, owner: given.owner, main: given.main })}</body></html>`;

const verdict = (tone: keyof typeof seals, big: string, sentence: string, more = ""): string => `<div class="v"><svg viewBox="0 0 120 120" aria-hidden="true">${seals[tone]}</svg><h1><span class="big">${big}</span> <span class="line">${sentence}</span></h1>${more}</div>`;

const questions = ({ answers, signer }: Verification, words: PageWords, time: Time): string => {
  if (signer === null) return "";
  const facts = { name: escape(signer.name.replace(/\.$/, "")), post: escape(`${acting[signer.holding] ?? ""}${signer.post}`), issuer: escape(signer.issuer), at: time.moment(signer.at), duty: dutyOf(signer, words) };
  const asked = (["integrity", "identity", "authority"] as const).map((aspect) => {
    const answer = answers[aspect];
    return `<li class="${answer}">${marks[answer]}<div><h2>${words.ask[aspect]}</h2><p>${answer === "ya" ? words.yes[aspect](facts) : answer === "tidak" ? words.no : words.open}</p></div></li>`;
  });
  return `<ul class="three">${asked.join("")}</ul>`;
};

/** By which right an acting official signed, in a citizen's words; undefined for the holder of the post himself. */
const dutyOf = (signer: NonNullable<Verification["signer"]>, words: PageWords): string | undefined => {
  const duty = duties[signer.holding];
  return duty === undefined ? undefined : words.byDuty(words.duty[duty], signer.basis === null ? undefined : escape(signer.basis.slice(0, 200)));
};

/** One fact of a list. */
export const row = (name: string, value: string, note = ""): string => `<div><dt>${name}</dt><dd>${value}${note === "" ? "" : `<small>${note}</small>`}</dd></div>`;

const facts = ({ letter, signer, pages }: Verification, words: PageWords, time: Time): string => {
  if (letter === null) return "";
  const rows = [
    row(words.number, escape(letter.number)), row(words.date, time.date(letter.date)), row(words.kind, escape(letter.type) + words.urgency[letter.urgency]), row(words.subject, letter.subject === null ? words.hidden : escape(letter.subject)),
    letter.to.length === 0 ? "" : row(words.to, escape(letter.to.join("; ").slice(0, 300))), row(words.office, escape(letter.office)), row(words.pages, String(pages ?? "")),
    signer === null ? "" : row(words.signer, escape(signer.name), `${escape(`${acting[signer.holding] ?? ""}${signer.post}`)}, ${time.date(letter.date)}`), signer?.basis == null ? "" : row(words.basis, escape(signer.basis.slice(0, 200))),
  ];
  return `<section><h2>${words.facts}</h2><dl>${rows.join("")}</dl></section>`;
};

const evidence = ({ code, log, letter, signer, sha256, longTerm }: Verification, words: PageWords, time: Time, { host, language }: Reader): string => {
  if (letter === null || signer === null) return "";
  const place = log === null ? `<p>${words.logWaits}</p>` : `<p>${words.logLead}</p><div class="cord">${cord}<div><p><b>${words.logLast(`#${log.size - 1}`)}</b>${time.moment(log.sizeAt)}</p><p class="us"><b>${words.logThis(`#${log.leaf}`)}</b>${time.moment(signer.at)}</p></div></div>`;
  const checkpoint = log === null ? "" : row(words.checkpoint, `<a href="/api/public/log/${log.tenant}/checkpoint" download>${words.checkpointGet}</a>`, `${escape(host)}, ${log.size}`);
  const proof = log?.proved === true ? row(words.proof, `<a href="/api/public/verification/${encodeURIComponent(code)}/proof" download>${words.proofGet}</a>`, words.proofNote) : "";
  // Groups of eight: easier to compare, and no run of digits that looks like a NIK.
  const hash = sha256 === null ? "" : row(words.hash, `<code>${sha256.replaceAll(/(.{8})(?=.)/g, "$1 ")}</code>`);
  const proved = longTerm === null ? "" : `<p><b>${words.longTerm}:</b> ${longTermSentence(language, longTerm, time.date)}</p>`;
  return `<section><h2>${words.log}</h2>${place}${proved}<details><summary>${words.details}</summary><dl>${hash}${row(words.certificate, escape(signer.issuer))}${row(words.signedAt, time.moment(signer.at))}${proof}${checkpoint}</dl></details></section>`;
};

const aside = ({ state, code, letter, picture }: Verification, words: PageWords): string => {
  const steps = words.steps[state];
  const todo = steps === undefined ? "" : `<div><h2>${words.next}</h2><ol class="todo">${steps.map((step) => `<li><span>${step}</span></li>`).join("")}</ol></div>`;
  const source = `/api/public/verification/${encodeURIComponent(code)}/page`;
  const shown = picture ? `<a class="crop" href="${source}"><img src="${source}" alt="${words.picture}"><span>${words.enlarge}</span></a>` : "";
  const compare = letter === null ? "" : `<div><h2>${words.compare}</h2>${shown}<p>${picture ? words.compareAll : words.compareFew}</p></div>`;
  const again = letter === null ? `<form action="/v"><label>${words.code}<input name="code" required maxlength="20" autocomplete="off" spellcheck="false"></label><button class="btn">${words.codeGo}</button></form>` : "";
  return `<aside>${todo}${compare}${again}<div class="card"><h2>${words.file}</h2><p><small>${words.filePrivate}</small></p><a class="btn" href="/periksa${letter === null ? "" : `?surat=${encodeURIComponent(code)}`}">${words.fileGo}</a></div></aside>`;
};

/** Why a seal is not believed, to who reads English (Indonesian says it as the reason), or that it is the one on record. */
const sealSentence = ({ seal }: Verification, { language }: Reader): string => {
  if (seal === null || (seal !== "recorded" && language === "id")) return "";
  const words = sealWords[language];
  return `<p>${seal === "recorded" ? pageWords[language].sealed : seal === "not_recorded" ? words.notRecorded : seal === "differs" ? words.differs : words.refused[seal]}</p>`;
};

const instead = ({ replacedBy }: Verification, words: PageWords): string => (replacedBy === null ? "" : `<p><b>${words.instead}:</b> <a href="/v/${encodeURIComponent(replacedBy.code)}">${escape(replacedBy.number)}</a></p>`);

const suspicion = ({ suspect }: Verification, words: PageWords, time: Time): string => (suspect === null ? "" : `<p>${words.suspect[suspect.key](time.moment(suspect.since))}</p>`);

/** The page of one verification: complete without script, under 10 KB, and never with personal numbers. */
export const verificationHtml = (answer: Verification, zone: Zone, reader: Reader): string => {
  const words = pageWords[reader.language];
  const time = timeIn(zone, reader.language);
  const tone = tones[answer.state];
  const big = words.big[answer.state];
  const { letter } = answer;
  // What an official wrote stays in his words; our own sentences are said in the reader's language above.
  const isWithdrawn = answer.state === "dicabut" || answer.state === "digantikan";
  const reason = answer.reason === null || (reader.language === "en" && !isWithdrawn) ? "" : `<p lang="id">${isWithdrawn ? `<b>${words.reason}:</b> ` : ""}${escape(answer.reason)}</p>`;
  const said = [reason, sealSentence(answer, reader), instead(answer, words), suspicion(answer, words, time)].join("");
  const development = answer.signer?.development === true ? `<p class="dev">${words.development}</p>` : "";
  return shell(words, reader, {
    title: `${big}${letter === null ? "" : `: ${escape(letter.number)}`}`,
    owner: letter === null ? words.register(escape(reader.host)) : words.government(escape(letter.government)),
    tone,
    main: `<div>${verdict(tone, big, words.line[answer.state], said)}${development}${questions(answer, words, time)}<p class="when">${words.checked(escape(answer.code === "" ? "-" : grouped(answer.code).slice(0, 40)), time.moment(answer.checkedAt))}</p></div>${aside(answer, words)}<div class="B">${facts(answer, words, time)}${evidence(answer, words, time, reader)}</div>`,
  });
};

/** What is shown to a network that asks too often. */
export const busyPage = (reader: Reader): string => {
  const words = pageWords[reader.language];
  return shell(words, reader, { title: words.busyBig, owner: words.register(escape(reader.host)), tone: "warn", main: `<div>${verdict("warn", words.busyBig, words.busyLine)}</div>` });
};

// A seal is shorter; what is longer is told to be no seal.
const longestAsked = 700;

/** The page by code; a caller who asks too often is told so by the thrown refusal. */
export const verificationPage = (verification: PublicVerification) => async (code: string, address: string, reader: Reader = { language: "id", host: "" }): Promise<string> => {
  const { answer, zone } = await verification.tellByCode(code.slice(0, longestAsked), address);
  return verificationHtml(answer, zone, reader);
};
