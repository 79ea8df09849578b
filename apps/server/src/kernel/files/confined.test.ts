import assert from "node:assert/strict";
import { after, test } from "node:test";
import { confine, ConfinedBusy, ConfinedFault, type Confined } from "./confined.ts";

type Sums = {
  readonly add: { readonly input: number; readonly output: number };
  readonly loop: { readonly input: Int32Array; readonly output: undefined };
  readonly eat: { readonly input: undefined; readonly output: undefined };
  readonly refuse: { readonly input: string; readonly output: undefined };
  readonly quit: { readonly input: undefined; readonly output: undefined };
};

/** Keeps a running sum, so that a fresh thread is told from an old one. */
const adder = `
  import { parentPort } from "node:worker_threads";
  let sum = 0;
  parentPort.on("message", ({ id, name, input }) => {
    if (name === "loop") for (Atomics.store(input, 0, 1), Atomics.notify(input, 0); ; ) sum += 1;
    if (name === "eat") for (const all = []; ; ) all.push(new Array(100000).fill(sum));
    if (name === "quit") process.exit(3);
    if (name === "refuse") parentPort.postMessage({ id, reason: input });
    else parentPort.postMessage({ id, value: (sum += input) });
  });`;

const open: Confined<Sums>[] = [];
const adding = (limits: { readonly timeoutMs?: number; readonly uses?: number; readonly waiting?: number } = {}): Confined<Sums> => {
  const made = confine<Sums>(new URL(`data:text/javascript,${encodeURIComponent(adder)}`), { timeoutMs: 5000, heapMb: 32, uses: 100, waiting: 100, ...limits });
  open.push(made);
  return made;
};
after(() => Promise.all(open.map((one) => one.close())));

/** What a thread that loops sets before it does. */
const flag = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

const add = (to: Confined<Sums>, number: number): Promise<number> => to.use((ask) => ask("add", number));

test("a thread answers, and keeps its state between uses", async () => {
  const sums = adding();
  assert.deepEqual([await add(sums, 2), await add(sums, 3)], [2, 5]);
});

test("uses take turns, in the order they came", async () => {
  const sums = adding();
  const seen = await Promise.all([1, 10, 100].map((number) => sums.use(async (ask) => [await ask("add", number), await ask("add", number)])));
  assert.deepEqual(seen, [[1, 2], [12, 22], [122, 222]]);
});

test("a thread that loops is killed, and the next use has a fresh one", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] }); // a busy machine may be slow: the time to answer runs out when the test says so
  const sums = adding({ timeoutMs: 300 });
  await add(sums, 7);
  const loops = flag();
  const looping = assert.rejects(sums.use((ask) => ask("loop", loops)), (error) => error instanceof ConfinedFault && /no answer within 300 ms/.test(error.message));
  await Atomics.waitAsync(loops, 0, 0).value;
  t.mock.timers.tick(300);
  await looping;
  assert.equal(await add(sums, 1), 1);
});

test("a thread that eats memory, quits or says no fails alone", async () => {
  const sums = adding();
  await assert.rejects(sums.use((ask) => ask("eat", undefined)), /the worker fell over/);
  await assert.rejects(sums.use((ask) => ask("quit", undefined)), /the worker ended/);
  await assert.rejects(sums.use((ask) => ask("refuse", "not these bytes")), /refuse: not these bytes/);
  assert.equal(await add(sums, 1), 1);
});

test("a thread is replaced after its number of uses", async () => {
  const sums = adding({ uses: 2 });
  assert.deepEqual([await add(sums, 1), await add(sums, 1), await add(sums, 1)], [1, 2, 1]);
});

test("the one too many is turned away, and those waiting are served", async () => {
  const sums = adding({ waiting: 2 });
  const [first, second, third] = await Promise.allSettled([add(sums, 1), add(sums, 1), add(sums, 1)]);
  assert.deepEqual([first?.status, second?.status], ["fulfilled", "fulfilled"]);
  assert.ok(third?.status === "rejected" && third.reason instanceof ConfinedBusy);
});

test("closing fails what is under way, at once", async () => {
  const sums = adding({ timeoutMs: 60_000 });
  const loops = flag();
  const looping = assert.rejects(sums.use((ask) => ask("loop", loops)), /closed/);
  await Atomics.waitAsync(loops, 0, 0).value;
  await sums.close();
  await looping;
  await assert.rejects(add(sums, 1), ConfinedFault);
});
