import { followedStage, followedWords, type contract, type Result } from "@lontar/contract";
import { pageStyle } from "./page-style.ts";
import { pageWords } from "./page-words.ts";
import { bodyOf, escape, marks, row, timeIn, type Reader } from "./page.ts";

/** A letter as its receiver outside sees it. */
export type ParcelView = Result<(typeof contract)["open.parcel"]>;

/** A request as its resident follows it. */
export type RequestView = Result<(typeof contract)["open.request"]>;

type Station = RequestView["steps"][number];

const narrow = "#root{display:none}.btn.go{background:var(--k);color:var(--p)}.nanti svg{background:var(--l)}main{display:block;max-width:620px}h1.s{display:block;font-size:28px;line-height:1.2;margin:4px 0 8px}.todo li:before{color:var(--p)}.three [aria-current=step]{font-weight:400;text-decoration:none}.why{border-left:4px solid var(--w);padding:8px 14px;margin:16px 0}";

// A browser with script does not read this part; the app stands in `#root` beside it.
const withoutScript = (reader: Reader, page: { readonly name: string; readonly owner: string; readonly main: string }): string =>
  `<style>${pageStyle}${narrow}</style><div class="good" lang="${reader.language}">${bodyOf(pageWords[reader.language], reader, page)}</div>`;

const size = (bytes: number, { language }: Reader): string => (bytes < 999_500 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(1).replace(".", language === "id" ? "," : ".")} MB`);
const button = (href: string, words: string): string => `<a class="btn go" href="${href}" download>${words}</a>`;

const dot = `<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="7" fill="currentColor"/></svg>`;
const open = `<svg viewBox="0 0 24 24" aria-hidden="true"></svg>`;

/** The page of a letter for a receiver outside, as it stands where there is no script. */
export const parcelPart = ({ letter, file, to, verificationUrl }: ParcelView, token: string, reader: Reader): string => {
  const words = followedWords[reader.language];
  const time = timeIn("WITA", reader.language); // a plain date is the same in every zone
  const facts = [row(words.number, escape(letter.number)), row(words.date, time.date(letter.date)), row(words.signer, escape(letter.signer), escape(letter.post)), row(words.file, escape(file.name), words.pages(file.pages))];
  const get = `${button(`/api/public/parcels/${encodeURIComponent(token)}/file`, words.parcel.download(size(file.size, reader)))}<p><small>${words.parcel.receipt}</small></p><p><a href="${escape(verificationUrl)}">${words.verify}</a></p>`;
  const steps = `<section><h2>${words.parcel.next}</h2><ol class="todo">${words.parcel.steps.map((step) => `<li><span>${step}</span></li>`).join("")}</ol></section>`;
  return withoutScript(reader, { name: escape(letter.office), owner: words.parcel.owner, main: `<p>${escape(words.parcel.lead(to))}</p><h1 class="s">${escape(letter.subject)}</h1><dl>${facts.join("")}</dl>${get}${steps}` });
};

/** The page of a resident's request, as it stands where there is no script. Officials are named, the applicant never. */
export const requestPart = (view: RequestView, token: string, reader: Reader): string => {
  const { request: words, verify } = followedWords[reader.language];
  const time = timeIn(view.zone, reader.language);
  const stage = followedStage(view.status);
  const present = view.steps.find((station) => station.state === "sekarang");
  const isAtDesk = present !== undefined && (present.kind === "paraf" || present.kind === "tanda_tangan") && present.post !== null;
  const title = isAtDesk ? words.atDesk(escape(present.post ?? "")) : words.headline[stage];
  const reason = view.reason === null ? "" : `<p class="why"><b>${words.reason}</b><br>${escape(view.reason)}</p>`;
  const get = view.letter === null ? "" : `${button(`/api/public/requests/${encodeURIComponent(token)}/file`, words.download(size(view.letter.size, reader)))}<p><a href="${escape(view.letter.verificationUrl)}">${verify}</a></p>`;
  const station = (one: Station): string => {
    const isNow = one.state === "sekarang";
    const name = isNow && stage === 0 ? words.incomplete : isNow ? words.present[one.kind] : words.stations[one.kind];
    const note = [one.person, one.post].filter((part) => part !== null).map(escape).join(", ");
    const at = one.at === null ? "" : time.moment(one.at);
    return `<li class="${one.state === "nanti" ? "nanti" : "ya"}"${isNow ? ` aria-current="step"` : ""}>${one.state === "selesai" ? marks.ya : isNow ? dot : open}<div><h2>${words.states[one.state]}</h2><p><b>${name}</b></p><p><small>${[note, at].filter((part) => part !== "").join(". ")}</small></p></div></li>`;
  };
  const counter = stage === 0 || stage === 3 || stage === 5 ? `<p>${words.counter}: ${view.address.map(escape).join(" · ")}</p>` : "";
  return withoutScript(reader, {
    name: escape(/^desa/i.test(view.government) ? `Pemerintah ${view.government}` : view.government), owner: view.above.toReversed().map((line) => escape(line.replace(/^Pemerintah /, ""))).join(", "),
    main: `<p>${escape(view.service)}${view.letter === null ? "" : ` · ${escape(view.letter.number)}`}</p><h1 class="s">${title}</h1><p>${words.sinceDay(time.moment(view.since))}</p>${reason}${get}<ol class="three">${view.steps.map(station).join("")}</ol><section><h2>${words.todo[stage]}</h2><p>${stage === 1 || stage === 2 ? `${words.keep} <a href="">${words.reload}</a>` : words.todoNote[stage]}</p>${counter}</section><p class="why"><b>${words.free}</b> ${words.freeNote}</p>`,
  });
};

/** What stands there when the link is unknown. */
export const lostPart = (of: "lostParcel" | "lostRequest", reader: Reader): string => {
  const { lost } = followedWords[reader.language];
  return withoutScript(reader, { name: "Lontar", owner: "", main: `<h1 class="s">${lost.lost}</h1><p>${lost[of]}</p>` });
};
