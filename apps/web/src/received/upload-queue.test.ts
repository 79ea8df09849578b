import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../kernel/api.ts";
import { createUploadQueue, type SendFile } from "./upload-queue.ts";

const file = (name: string): File => new File(["x"], name);

const queueWith = (send: SendFile) => {
  let counter = 0;
  let arrivals = 0;
  const queue = createUploadQueue({ send, newId: () => `id-${(counter += 1)}`, arrived: () => (arrivals += 1), otherwise: () => "Ada kesalahan." });
  const settled = (): Promise<void> => new Promise((resolve) => {
    const look = (): void => {
      if (queue.jobs.get().every((job) => job.state.kind === "done" || job.state.kind === "failed")) resolve();
    };
    queue.jobs.watch(look);
    look();
  });
  return { queue, settled, arrivals: () => arrivals };
};

test("files are sent one after another in the order they were dropped", async () => {
  const running: string[] = [];
  let most = 0;
  let now = 0;
  const { queue, settled, arrivals } = queueWith(async (id, sent) => {
    now += 1;
    most = Math.max(most, now);
    running.push(sent.name);
    await Promise.resolve();
    now -= 1;
    return { id, duplicates: [] };
  });
  queue.add([file("a"), file("b")]);
  queue.add([file("c")]);
  await settled();
  assert.deepEqual(running, ["a", "b", "c"]);
  assert.equal(most, 1);
  assert.equal(arrivals(), 3);
});

test("one bad file does not stop the others, and can be sent again under the same id", async () => {
  const ids: string[] = [];
  let broken = true;
  const { queue, settled } = queueWith(async (id, sent) => {
    if (sent.name === "b") ids.push(id);
    if (sent.name === "b" && broken) throw new Error("PDF ini rusak.");
    return { id, duplicates: sent.name === "c" ? [1] : [] };
  });
  queue.add([file("a"), file("b"), file("c")]);
  await settled();
  assert.deepEqual(queue.jobs.get().map((job) => job.state), [{ kind: "done", letterId: "id-1", isDuplicate: false }, { kind: "failed", sentence: "PDF ini rusak.", isFinal: false }, { kind: "done", letterId: "id-3", isDuplicate: true }]);
  broken = false;
  queue.again("id-2");
  await settled();
  assert.deepEqual(ids, ["id-2", "id-2"]);
  assert.equal(queue.jobs.get()[1]?.state.kind, "done");
});

test("a file that the server refused is not offered again, only taken off the list; a lost line is", async () => {
  const { queue, settled } = queueWith((id, sent) => (sent.name === "a" ? Promise.reject(new Refused({ status: 415, title: "Isi berkas ini bukan PDF." })) : sent.name === "b" ? Promise.reject(new Refused({ status: 503, title: "Coba lagi." })) : Promise.resolve({ id, duplicates: [] })));
  queue.add([file("a"), file("b"), file("c")]);
  await settled();
  assert.deepEqual(queue.jobs.get().map((job) => job.state.kind === "failed" && job.state.isFinal), [true, false, false]);
  queue.remove("id-1");
  assert.deepEqual(queue.jobs.get().map((job) => job.name), ["b", "c"]);
});

test("of a file that is too large the limit is told, when the server said it", async () => {
  const { queue, settled } = queueWith((_id, sent) => Promise.reject(new Refused({ status: 413, title: "Berkas terlalu besar.", ...(sent.name === "a" && { facts: { limit: 50 } }) })));
  queue.add([file("a"), file("b")]);
  await settled();
  assert.deepEqual(queue.jobs.get().map((job) => job.state.kind === "failed" && job.state.limit), [50, undefined]);
});

test("clearing forgets what is finished and keeps what is still to be sent", async () => {
  let release = (): void => undefined;
  const { queue, settled } = queueWith(async (id, sent) => {
    if (sent.name === "slow") await new Promise<void>((resolve) => (release = resolve));
    return { id, duplicates: [] };
  });
  queue.add([file("fast"), file("slow")]);
  while (queue.jobs.get()[1]?.state.kind !== "sending") await Promise.resolve();
  queue.clear();
  assert.deepEqual(queue.jobs.get().map((job) => job.name), ["slow"]);
  release();
  await settled();
});
