import { mkdir, rename, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { Letter } from "../exchange/index.ts";

/** How e-mail leaves: through the office's SMTP server, or into a folder where it can be looked at. */
export type MailRoute = { readonly smtpUrl: string | undefined; readonly folder: string; readonly from: string; readonly domain: string };

// The same letter sent twice after a crash carries the same Message-ID, so the receiver's server drops the second.
const messageId = (letter: Letter, domain: string): string => `<${createHash("sha256").update(`${letter.to}\n${letter.subject}\n${letter.text}`).digest("hex").slice(0, 40)}@${domain}>`;

/** Sends one e-mail, or throws so that the job tries again. */
export const openMail = (route: MailRoute): ((letter: Letter) => Promise<void>) => {
  if (route.smtpUrl !== undefined) {
    const transport = createTransport(route.smtpUrl);
    return async (letter) => void (await transport.sendMail({ from: route.from, to: letter.to, subject: letter.subject, text: letter.text, messageId: messageId(letter, route.domain) }));
  }
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  return async (letter) => {
    const id = messageId(letter, route.domain);
    const made = await transport.sendMail({ from: route.from, to: letter.to, subject: letter.subject, text: letter.text, messageId: id });
    await mkdir(route.folder, { recursive: true });
    const path = join(route.folder, `${id.slice(1, 41)}.eml`);
    await writeFile(`${path}.tmp`, made.message);
    await rename(`${path}.tmp`, path);
  };
};
