import { signPdf } from "@lontar/pades";
import { nodePort, nodeSigner } from "@lontar/pades/node";
import { openAuthority } from "./authority.ts";
import { json, openService, parsed, type Answered, type Asked } from "./service.ts";

/** How the service can go wrong at a signature. `before` = it has done nothing, `after` = it has signed. */
export type BsreTrouble =
  /** Nothing of it answers, as during a maintenance of hours. */
  | "away"
  | "none" | "expired" | "suspended" | "wrong_signer" | "altered" | "rewritten" | "unsigned" | "too_many" | "busy" | "error_after" | "unknown_code" | "code_in_200" | "not_json"
  | "hang_up_before" | "silence_before" | "hang_up_after" | "silence_after" | "cut_after" | "number_only";

type Person = { readonly nik: string; readonly name: string; readonly passphrase: string };

/**
 * The Esign Client Service as its public clients describe it (domain §4.3): v1 multipart, v2 JSON, HTTP Basic, its numbers for faults. It
 * counts what it was asked and what it signed, so that a test can see that nothing was repeated.
 */
export const openBsre = async ({ now, people, username = "esign", password = "rahasia-layanan" }: { readonly now: () => Date; readonly people: readonly Person[]; readonly username?: string; readonly password?: string }) => {
  const authority = await openAuthority("BSrE Uji", now());
  const holders = new Map(await Promise.all(people.map(async (person) => [person.nik, { ...person, ...(await authority.certify(person)) }] as const)));
  const other = await authority.certify({ name: "Orang Lain" });
  const state: { trouble: BsreTrouble; asked: number; signed: number; troubles: number } = { trouble: "none", asked: 0, signed: 0, troubles: Number.POSITIVE_INFINITY };
  const kept = new Map<string, Uint8Array>();

  const signWith = async (holder: { readonly certificate: Uint8Array; readonly privateKey: Parameters<typeof nodeSigner>[0]["privateKey"] }, pdf: Uint8Array, reason: string, location: string): Promise<Uint8Array> => {
    state.signed += 1;
    return signPdf(pdf, { signer: nodeSigner({ ...holder, chain: authority.chain }), port: nodePort, signedAt: now(), reason, location });
  };

  const sign = async (given: { readonly nik: string; readonly passphrase: string; readonly pdf: Uint8Array; readonly reason: string; readonly location: string }, done: (signed: Uint8Array) => Answered): Promise<Answered> => {
    state.asked += 1;
    const trouble = state.troubles > 0 ? state.trouble : "none";
    state.troubles -= 1;
    const holder = holders.get(given.nik);
    if (trouble === "hang_up_before") return "hang_up";
    if (trouble === "silence_before") return "silence";
    if (trouble === "too_many") return json(429, { error: "Too many requests" });
    if (trouble === "busy") return json(503, { timestamp: now().toISOString(), status: 503, error: "Service Unavailable" });
    if (holder === undefined) return json(400, { status_code: 2011, error: "User tidak terdaftar" });
    if (holder.passphrase !== given.passphrase) return json(400, { status_code: 2031, error: "Passphrase anda salah !!!" });
    if (trouble === "unknown_code" || trouble === "expired" || trouble === "suspended") return json(400, { status_code: 2999, error: "Proses tidak dapat dilanjutkan" });
    if (trouble === "code_in_200") return json(200, { status_code: 2031, error: "Passphrase anda salah !!!" });
    if (trouble === "not_json") return { status: 200, headers: { "content-type": "text/html" }, body: "<html>Selamat datang</html>" };
    if (trouble === "unsigned") return done(given.pdf);
    const signed = await signWith(trouble === "wrong_signer" ? other : holder, trouble === "rewritten" ? rewritten(given.pdf) : given.pdf, given.reason, given.location);
    if (trouble === "altered") signed[200] = (signed[200] ?? 0) ^ 1;
    if (trouble === "error_after") return json(500, { timestamp: now().toISOString(), status: 500, error: "Internal Server Error", path: "/api/sign/pdf" });
    if (trouble === "hang_up_after") return "hang_up";
    if (trouble === "silence_after") return "silence";
    const answered = done(signed);
    return trouble === "cut_after" && typeof answered === "object" ? { ...answered, cutAt: 1000 } : answered;
  };

  const standing = (nik: string): unknown => {
    if (!holders.has(nik)) return { status_code: 1110, status: "NOT_REGISTERED", message: "User belum terdaftar" };
    const status = state.trouble === "expired" ? "EXPIRED" : state.trouble === "suspended" ? "SUSPEND" : "ISSUE";
    return { status_code: 1111, status, message: `User sudah terdaftar dan memiliki sertifikat dengan status ${status}` };
  };

  const service = await openService(async (asked) => {
    if (asked.headers.authorization !== `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`) return json(401, { error: "Unauthorized" });
    if (state.trouble === "away") return json(503, { timestamp: now().toISOString(), status: 503, error: "Service Unavailable" });
    const key = `${asked.method} ${asked.path}`;
    if (key === "POST /api/v2/user/check/status") return json(200, standing(String(parsed(asked)["nik"])));
    if (asked.method === "GET" && asked.path.startsWith("/api/user/status/")) return json(200, standing(asked.path.split("/").at(-1) ?? ""));
    if (key === "POST /api/v2/sign/pdf") return signV2(asked);
    if (key === "POST /api/sign/pdf") return signV1(asked);
    if (asked.method === "GET" && asked.path.startsWith("/api/sign/download/")) return download(asked.path.split("/").at(-1) ?? "");
    return json(404, { timestamp: now().toISOString(), status: 404, error: "Not Found", path: asked.path });
  });

  const signV2 = (asked: Asked): Promise<Answered> => {
    const { nik, passphrase, file, signatureProperties } = parsed(asked);
    const [properties] = Array.isArray(signatureProperties) ? signatureProperties : [];
    const pdf = Buffer.from(String(Array.isArray(file) ? file[0] : ""), "base64");
    return sign({ nik: String(nik), passphrase: String(passphrase), pdf, reason: String(properties?.reason ?? ""), location: String(properties?.location ?? "") }, (signed) => json(200, { time: 12, file: [Buffer.from(signed).toString("base64")] }));
  };

  const signV1 = async (asked: Asked): Promise<Answered> => {
    const form = await new Response(Buffer.from(asked.body), { headers: { "content-type": asked.headers["content-type"] ?? "" } }).formData();
    const text = (name: string): string => String(form.get(name) ?? "");
    const file = form.get("file");
    const pdf = file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array(0);
    return sign({ nik: text("nik"), passphrase: text("passphrase"), pdf, reason: text("reason"), location: text("location") }, (signed) => {
      const number = `dok-${state.signed}`;
      kept.set(number, signed);
      if (state.trouble === "number_only") return json(200, { id_dokumen: number });
      return { status: 200, headers: { "content-type": "application/pdf", id_dokumen: number }, body: signed };
    });
  };

  const download = (number: string): Answered => {
    const signed = kept.get(number);
    kept.delete(number); // once, as the real service
    return signed === undefined ? json(404, { status_code: 4044, error: "File tidak tersedia" }) : { status: 200, headers: { "content-type": "application/pdf" }, body: signed };
  };

  return { ...service, root: authority.root, username, password, state, standing };
};

/** A running service. */
export type Bsre = Awaited<ReturnType<typeof openBsre>>;

/** The same page, other bytes: what a service does that saves the file anew instead of appending to it. */
const rewritten = (pdf: Uint8Array): Uint8Array => {
  const bytes = Buffer.from(pdf);
  const place = bytes.indexOf("%PDF-1.");
  if (place >= 0) bytes.write("%PDF-1.6", place, "latin1");
  return bytes;
};
