import assert from "node:assert/strict";
import { test } from "node:test";
import { contract, type Endpoint } from "@lontar/contract";
import { createApi, Refused, Unreachable, type EndpointRow } from "./api.ts";

const endpoints: Readonly<Record<string, EndpointRow>> = Object.fromEntries(
  Object.entries<Endpoint>(contract).map(([name, endpoint]) => [name, { method: endpoint.method, path: endpoint.path, query: Object.keys(endpoint.query.shape), carries: endpoint.carries }]),
);
const id = "018f4c2e-79b0-7cc3-98c4-dc0c0c07398f";
const positionId = "018f4c2e-79b0-7cc3-98c4-dc0c0c073990";

type Sent = { readonly address: string; readonly init: RequestInit };

/** A server that answers from a list and remembers what it was sent. */
const server = (answers: readonly (Response | Error)[], signsIn = true) => {
  const sent: Sent[] = [];
  const reached: boolean[] = [];
  let asked = 0;
  const api = createApi({
    endpoints,
    fetch: (address, init) => {
      sent.push({ address, init });
      const answer = answers[sent.length - 1];
      return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(answer ?? new Error("the test has no more answers"));
    },
    askSignIn: () => {
      asked += 1;
      return Promise.resolve(signsIn);
    },
    reached: (isReached) => reached.push(isReached),
    unreachableSentence: () => "Server tidak menjawab.",
    language: () => "en",
    post: () => undefined,
  });
  const header = (index: number, name: string): string | null => new Headers(sent[index]?.init.headers).get(name);
  return { ...api, sent, reached, header, asked: () => asked };
};

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
const signedOut = (): Response => json({ title: "Sesi Anda berakhir.", status: 401, code: "not_signed_in", requestId: "r1" }, 401);

test("parameters go into the path, query fields behind it, the rest into the body", async () => {
  const { call, sent, header } = server([json({ items: [], next: null, counts: { all: 0, late: 0, byAct: {} }, finishedToday: 0 }), json({ id, status: "diarahkan" })]);
  await call("desk.list", { act: "paraf", limit: 5 });
  await call("received.direct", { id, positionId });
  assert.equal(sent[0]?.address, "/api/desk?act=paraf&limit=5");
  assert.equal(sent[0]?.init.body, null);
  assert.equal(header(0, "idempotency-key"), null);
  assert.equal(header(0, "accept-language"), "en");
  assert.equal(sent[1]?.address, `/api/received/${id}/direction`);
  assert.equal(sent[1]?.init.body, JSON.stringify({ positionId }));
  assert.match(header(1, "idempotency-key") ?? "", /^[0-9a-f-]{36}$/);
});

test("a value with a slash cannot leave its place in the path", async () => {
  const { address } = server([]);
  assert.equal(address("received.show", { id: "../session" }), "/api/received/..%2Fsession");
});

test("a missing parameter is our own bug and never becomes a request", async () => {
  const { call, sent } = server([]);
  await assert.rejects(call("received.show", { id: "" }), /needs id/);
  assert.equal(sent.length, 0);
});

test("a refusal carries the sentence, the code and the fields", async () => {
  const { call } = server([json({ title: "Belum lengkap.", status: 400, code: "malformed", requestId: "r9", fields: [{ path: "facts.number", message: "wajib diisi" }] }, 400)]);
  await assert.rejects(call("received.open", { id }), (error) => {
    assert.ok(error instanceof Refused);
    assert.deepEqual([error.message, error.code, error.status, error.requestId], ["Belum lengkap.", "malformed", 400, "r9"]);
    assert.deepEqual(error.fields, [{ path: "facts.number", message: "wajib diisi" }]);
    return true;
  });
});

test("a proxy's HTML error still ends in a sentence", async () => {
  const { call } = server([new Response("<h1>502 Bad Gateway</h1>", { status: 502 })]);
  await assert.rejects(call("session.me"), (error) => error instanceof Refused && error.message === "Server tidak menjawab." && error.status === 502);
});

test("a session that ended is renewed and the same command is sent again with the same key", async () => {
  const { call, sent, header, asked } = server([signedOut(), json({ id, status: "dibaca" })]);
  assert.deepEqual(await call("received.open", { id }), { id, status: "dibaca" });
  assert.equal(asked(), 1);
  assert.equal(sent.length, 2);
  assert.equal(header(0, "idempotency-key"), header(1, "idempotency-key"));
});

test("who does not sign in again gets the refusal, once", async () => {
  const { call, sent } = server([signedOut()], false);
  await assert.rejects(call("received.open", { id }), (error) => error instanceof Refused && error.code === "not_signed_in");
  assert.equal(sent.length, 1);
});

test("a caller that can handle a signed-out person is not interrupted", async () => {
  const { call, asked } = server([signedOut()]);
  await assert.rejects(call("session.me", undefined, { whenSignedOut: "refuse" }), Refused);
  assert.equal(asked(), 0);
});

test("a wrong password is no ended session", async () => {
  const { call, asked } = server([json({ title: "Salah.", status: 401, code: "wrong_credentials", requestId: "r" }, 401)]);
  await assert.rejects(call("session.signIn", { username: "a", password: "b" }), (error) => error instanceof Refused && error.code === "wrong_credentials");
  assert.equal(asked(), 0);
});

test("a lost network is told apart from a refusal, and its return is noticed", async () => {
  const { call, reached } = server([new TypeError("Failed to fetch"), json({ id, status: "dibaca" })]);
  await assert.rejects(call("received.open", { id }, { idempotencyKey: "kunci-tetap" }), Unreachable);
  await call("received.open", { id }, { idempotencyKey: "kunci-tetap" });
  assert.deepEqual(reached, [false, true]);
});

test("an aborted call is neither", async () => {
  const stop = new AbortController();
  stop.abort();
  const { call, reached } = server([new DOMException("aborted", "AbortError")]);
  await assert.rejects(call("desk.list", {}, { signal: stop.signal }), { name: "AbortError" });
  assert.deepEqual(reached, []);
});

test("an upload sends the id before the file", async () => {
  const { upload, sent, header } = server([json({ id, duplicates: [] })]);
  await upload("received.upload", id, new File(["%PDF-1.7"], "surat.pdf", { type: "application/pdf" }));
  const body = sent[0]?.init.body;
  assert.ok(body instanceof FormData);
  assert.deepEqual([...body.keys()], ["id", "berkas"]);
  assert.equal(header(0, "content-type"), null); // the browser writes the boundary
});
