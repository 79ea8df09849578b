import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { openNews } from "./news.ts";

let client: QueryClient;
let asked: number;
let leave: () => void;
beforeEach(async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  client = new QueryClient();
  asked = 0;
  leave = new QueryObserver(client, { queryKey: ["desk.list", {}], queryFn: async () => (asked += 1) }).subscribe(() => undefined);
  await settled();
});
afterEach(() => {
  leave();
  mock.timers.reset();
});

const settled = async (): Promise<void> => {
  for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => void setImmediate(resolve));
};

test("news that comes together is asked about once", async () => {
  const news = openNews(client);
  for (let pieces = 0; pieces < 3; pieces += 1) news.hear();
  mock.timers.tick(1000);
  await settled();
  assert.equal(asked, 2);
  news.close();
});

test("what the act itself asked again after the news is not asked a third time; news after that is", async () => {
  const news = openNews(client);
  news.hear();
  await client.invalidateQueries({ queryKey: ["desk.list"] });
  mock.timers.tick(1000);
  await settled();
  assert.equal(asked, 2);
  news.hear();
  mock.timers.tick(1000);
  await settled();
  assert.equal(asked, 3);
  news.close();
});

test("a page that has been left asks nothing", async () => {
  const news = openNews(client);
  news.hear();
  news.close();
  mock.timers.tick(1000);
  await settled();
  assert.equal(asked, 1);
});
