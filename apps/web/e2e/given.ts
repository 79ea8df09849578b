import assert from "node:assert/strict";
import { plainPdf } from "../../server/src/kernel/files/plain-pdf.ts";
import { realSource } from "../../server/src/kernel/ids.ts";
import type { Client, TestServer } from "../../server/test/http.ts";

/** The id of the post whose title contains the words. */
export const postNamed = async (client: Client, words: string): Promise<string> => {
  const { body } = await client.call("office.posts", { q: words });
  return body[0]?.id ?? assert.fail(`no post ${words}`);
};

const done = <T extends { readonly status: number; readonly problem: unknown }>(answer: T): T => {
  assert.equal(answer.status, 200, JSON.stringify(answer.problem));
  return answer;
};

/** A letter that the front desk has registered and directed to the sekda: where many scenarios begin. */
export const directedLetter = async (server: TestServer, subject: string, number = "005/88/KOMINFO/2026"): Promise<string> => {
  const clerk = await server.signIn("tusetda");
  const id = realSource.id();
  done(await clerk.upload(id, "surat.pdf", plainPdf(["DINAS PROVINSI", `Hal: ${subject}`, "Kata yang hanya ada di pindaian: pohon lontar."])));
  done(await clerk.call("received.register", { id, facts: { sender: "Dinas Kominfo Provinsi Kalimantan Timur", number, date: "2026-11-20", subject, receivedOn: "2026-11-24", classification: "000.1.5" } }));
  done(await clerk.call("received.direct", { id, positionId: await postNamed(clerk, "Sekretaris Daerah") }));
  return id;
};
