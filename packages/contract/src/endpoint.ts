import { z } from "zod";

/**
 * Who may call an endpoint at all: anyone, a person who is signed in, or (`securing`) also one who was let in no further than to secure
 * his account. What they may do is the rules' business.
 */
export type Access = "public" | "session" | "securing";

/** What an endpoint carries besides JSON. */
export type Carries = "json" | "file" | "upload" | "stream";

/** One endpoint as data; server, client, OpenAPI and the stranger test all read this object. */
export type Endpoint<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Result extends z.ZodType = z.ZodType,
> = {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path under the server's root, parameters as `:name`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly access: Access;
  readonly carries: Carries;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly result: Result;
};

/** No parameters. */
export const nothing = z.object({});

/** Describes an endpoint; parts left out are empty, and a session is needed unless it says otherwise. */
export const endpoint = <
  Params extends z.ZodObject = typeof nothing,
  Query extends z.ZodObject = typeof nothing,
  Body extends z.ZodType = z.ZodUndefined,
  Result extends z.ZodType = z.ZodVoid,
>(given: {
  readonly method: Endpoint["method"];
  readonly path: `/${string}`;
  readonly summary: string;
  readonly access?: Access;
  readonly carries?: Carries;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly result?: Result;
}) => ({
  method: given.method,
  path: given.path,
  summary: given.summary,
  access: given.access ?? "session",
  carries: given.carries ?? "json",
  params: given.params ?? nothing,
  query: given.query ?? nothing,
  body: given.body ?? z.undefined(),
  result: given.result ?? z.void(),
}) as unknown as Endpoint<Params, Query, Body, Result>; // the defaults above are the type parameters' own defaults

// An empty object's own type would forbid every other key when the parts are joined.
type In<T extends z.ZodObject> = keyof T["shape"] extends never ? unknown : z.input<T>;
type Out<T extends z.ZodObject> = keyof T["shape"] extends never ? unknown : z.output<T>;

/** Everything a caller sends to an endpoint, one object. */
export type Input<E> = E extends Endpoint<infer P, infer Q, infer B, z.ZodType> ? In<P> & In<Q> & (B extends z.ZodUndefined ? unknown : z.input<B>) : never;

/** Everything the server's handler receives, parsed. */
export type Parsed<E> = E extends Endpoint<infer P, infer Q, infer B, z.ZodType> ? Out<P> & Out<Q> & (B extends z.ZodUndefined ? unknown : z.output<B>) : never;

/** What the server answers. */
export type Result<E> = E extends Endpoint<z.ZodObject, z.ZodObject, z.ZodType, infer R> ? z.output<R> : never;
