import type { contract, EndpointName, Problem, RefusalCode, Result } from "@lontar/contract";
import { uuidv7 } from "./ids.ts";

type Contract = typeof contract;

/** One endpoint as the browser needs it. */
export type EndpointRow = { readonly method: "GET" | "POST" | "PUT" | "DELETE"; readonly path: string; readonly query: readonly string[]; readonly carries: "json" | "file" | "upload" | "stream" };

/** The declared fields of a part; zod's type of an empty object forbids every name, which would forbid the other parts' names too. */
type Declared<Part> = string extends keyof Part ? unknown : Part;

type BodyOf<Body> = Body extends undefined ? unknown : Body;

/** What an endpoint takes: parameters, query and body in one object. */
export type InputOf<N extends EndpointName> = Declared<Contract[N]["params"]["_zod"]["input"]> & Declared<Contract[N]["query"]["_zod"]["input"]> & BodyOf<Contract[N]["body"]["_zod"]["input"]>;

/** What an endpoint answers. */
export type ResultOf<N extends EndpointName> = Result<Contract[N]>;

/** How one call differs from the usual. */
export type CallOptions = {
  readonly signal?: AbortSignal;
  /** Sent again with a repeated command, so that it happens once. Made by the client when absent. */
  readonly idempotencyKey?: string;
  /** `ask` (usual): let the person sign in again and go on. `refuse`: answer the refusal, for callers that can handle it. */
  readonly whenSignedOut?: "ask" | "refuse";
};

/** Calls an endpoint by name. Input may be left out when the endpoint needs none. Rejects with `Refused` or `Unreachable`. */
export type Call = <N extends EndpointName>(name: N, ...given: Given<N>) => Promise<ResultOf<N>>;

/** The arguments after the name: the input is optional when nothing in it is required. */
export type Given<N extends EndpointName> = Record<never, never> extends InputOf<N> ? [input?: InputOf<N>, options?: CallOptions] : [input: InputOf<N>, options?: CallOptions];

/** Sends one file (after its `id`) to an upload endpoint. */
export type Upload = <N extends EndpointName>(name: N, id: string, file: File, options?: CallOptions) => Promise<ResultOf<N>>;

/** The server said no; `message` is the sentence, in the person's language, that says who must do what next. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: RefusalCode | "unknown";
  readonly status: number;
  /** To tell an admin. */
  readonly requestId: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Sentences for single fields, by dotted path. */
  readonly fields: readonly { readonly path: string; readonly message: string }[];
  constructor(problem: Partial<Problem> & { readonly status: number; readonly title: string }) {
    super(problem.title);
    this.code = problem.code ?? "unknown";
    this.status = problem.status;
    this.requestId = problem.requestId ?? "";
    this.facts = problem.facts ?? {};
    this.fields = problem.fields ?? [];
  }
}

/** Is nobody signed in any more: the session ended, or was ended because it was used elsewhere? */
export const isSignedOut = (error: Refused): boolean => error.code === "not_signed_in" || error.code === "session_elsewhere";

/** The server did not answer. Whatever the person typed is still here; the same command may be sent again with its key. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** What the client needs from the world. */
export type ApiWorld = {
  readonly endpoints: Readonly<Record<string, EndpointRow>>;
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  /** Lets the person sign in again; true when they did. */
  readonly askSignIn: () => Promise<boolean>;
  readonly reached: (isReached: boolean) => void;
  readonly unreachableSentence: () => string;
  /** The language of the person, for the server's sentences. */
  readonly language: () => string;
  /** The post that the screen shows as the one acted in: a command meant for it is never carried out in another. */
  readonly post: () => string | undefined;
};

/** The address of an endpoint with its parameters and query filled in, for links, images and downloads. */
export type AddressOf = <N extends EndpointName>(name: N, input: InputOf<N>) => string;

/** The typed client over the contract. */
export const createApi = (world: ApiWorld): { readonly call: Call; readonly upload: Upload; readonly address: AddressOf } => {
  const rowOf = (name: string): EndpointRow => {
    const row = world.endpoints[name];
    if (row === undefined) throw new Error(`the contract has no endpoint ${name}`);
    return row;
  };

  const send = async (row: EndpointRow, values: Readonly<Record<string, unknown>>, key: string, options: CallOptions): Promise<unknown> => {
    const { address, rest } = split(row, values);
    const changes = row.method !== "GET";
    let body: BodyInit | null = null;
    const headers: Record<string, string> = { accept: "application/json, application/problem+json", "accept-language": world.language() };
    if (changes) headers["idempotency-key"] = key;
    const post = world.post();
    if (changes && post !== undefined) headers["lontar-post"] = post;
    if (row.carries === "upload") body = formOf(rest);
    else if (changes && Object.keys(rest).length > 0) {
      headers["content-type"] = "application/json";
      body = JSON.stringify(rest);
    }
    let response: Response;
    try {
      response = await world.fetch(address, { method: row.method, headers, body, credentials: "same-origin", ...(options.signal !== undefined && { signal: options.signal }) });
    } catch (error) {
      if (options.signal?.aborted === true) throw error;
      world.reached(false);
      throw new Unreachable(world.unreachableSentence(), { cause: error });
    }
    world.reached(true);
    if (response.ok) return response.status === 204 ? undefined : row.carries === "file" ? await response.blob() : await response.json();
    throw await refusalOf(response, world.unreachableSentence());
  };

  const call = async (name: string, input?: unknown, options: CallOptions = {}): Promise<unknown> => {
    const row = rowOf(name);
    const values: Readonly<Record<string, unknown>> = isRecord(input) ? input : {};
    const key = options.idempotencyKey ?? uuidv7();
    try {
      return await send(row, values, key, options);
    } catch (error) {
      if (!(error instanceof Refused && isSignedOut(error)) || options.whenSignedOut === "refuse") throw error;
      if (!(await world.askSignIn())) throw error;
      return await send(row, values, key, options);
    }
  };

  return {
    // The table carries no types at run time; the contract's types say what each name takes and answers.
    call: call as Call,
    upload: ((name: string, id: string, file: File, options?: CallOptions) => call(name, { id, berkas: file }, options)) as Upload, // as above
    address: (name, input) => split(rowOf(name), isRecord(input) ? input : {}).address,
  };
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

/** Fills `:name` in the path, takes the query fields, and leaves the rest for the body. */
const split = (row: EndpointRow, values: Readonly<Record<string, unknown>>): { readonly address: string; readonly rest: Readonly<Record<string, unknown>> } => {
  const rest = { ...values };
  const path = row.path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = rest[name];
    if (value === undefined || value === "") throw new Error(`${row.path} needs ${name}`);
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const query = new URLSearchParams();
  for (const name of row.query) {
    const value = rest[name];
    delete rest[name];
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  const tail = query.toString();
  return { address: tail === "" ? path : `${path}?${tail}`, rest };
};

// The server reads fields before the file, so files go last whatever order the caller wrote.
const formOf = (values: Readonly<Record<string, unknown>>): FormData => {
  const form = new FormData();
  const parts = Object.entries(values);
  for (const [name, value] of parts) if (!(value instanceof Blob) && value !== undefined) form.append(name, String(value));
  for (const [name, value] of parts) if (value instanceof Blob) form.append(name, value, value instanceof File ? value.name : "berkas");
  return form;
};

const refusalOf = async (response: Response, otherwise: string): Promise<Refused> => {
  const problem: unknown = await response.json().catch(() => undefined); // a proxy's HTML page is no sentence for an official
  if (isRecord(problem) && typeof problem["title"] === "string") {
    // Shaped by our own server (contract `Problem`); a foreign JSON answer still has a title to show.
    return new Refused({ ...(problem as Partial<Problem>), title: problem["title"], status: response.status });
  }
  return new Refused({ title: otherwise, status: response.status, requestId: response.headers.get("x-request-id") ?? "" });
};
