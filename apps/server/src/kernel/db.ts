import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { CompiledQuery, Kysely, PostgresDialect, PostgresDriver, sql, type DatabaseConnection, type Driver, type Transaction } from "kysely";
import pg from "pg";
import type { Tables } from "../../db/tables.ts";
import type { Id } from "./ids.ts";

/** The open database transaction that every store and query receives. */
export type Tx = Transaction<Tables>;

/** A connection pool on the office's database. */
export type Database = Kysely<Tables>;

/** How to reach PostgreSQL: a URL, or the embedded server's socket. */
export type Connection =
  | { readonly url: string }
  | { readonly host: string; readonly port?: number; readonly user: string; readonly password: string; readonly database: string };

/** The role without UPDATE or DELETE on evidence, under which all application SQL runs. */
export const appRole = "lontar_app";

/** How PostgreSQL lists this process among its clients. */
export const processName = `lontar/${randomBytes(6).toString("hex")}`;

const poolConfig = (connection: Connection, max: number): pg.PoolConfig =>
  "url" in connection
    ? { connectionString: connection.url, max, application_name: processName }
    : { ...connection, max, application_name: processName };

/** Opens a raw pool; only migrations, the job runner and the listener use it directly. `prepared` is for requests, which say the same things again and again, and do not wait for one answer before the next question where they need not. */
export const openPool = (connection: Connection, max = 10, statements: "plain" | "prepared" = "plain"): pg.Pool => {
  const pool = new pg.Pool({ ...poolConfig(connection, max), pipeline: statements === "prepared" });
  // An idle connection that dies (server restart) must not end the process; the next query reconnects.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  if (statements === "prepared") pool.on("connect", prepareStatements);
  return pool;
};

// Texts with lists of many lengths would fill the server's memory with plans that are never used again.
const preparedLimit = 400;
const preparedNames = new Map<string, string>();

/** The name under which each connection prepares this text once; without one it is parsed and planned at every call, as are texts beyond the limit. */
export const preparedName = (text: string): string | undefined => {
  const known = preparedNames.get(text);
  if (known !== undefined || preparedNames.size >= preparedLimit) return known;
  const name = `lontar_${preparedNames.size}`;
  preparedNames.set(text, name);
  return name;
};

/** A parsed and planned statement halves the time of a command: our rows are few, the words about them many. */
const prepareStatements = (client: pg.PoolClient): void => {
  const plain = client.query.bind(client);
  const query = (text: unknown, values: unknown, ...rest: readonly unknown[]): unknown => {
    const name = typeof text === "string" && Array.isArray(values) && values.length > 0 ? preparedName(text) : undefined;
    return Reflect.apply(plain, client, name === undefined ? [text, values, ...rest] : [{ name, text, values }, ...rest]);
  };
  Object.assign(client, { query });
};

/** How the transaction begins that is being opened: the driver asks for it where no argument of ours reaches. `failure` is why it did not. */
type Beginning = { readonly statement: string; readonly isReading: boolean; failure?: unknown };

const beginning = new AsyncLocalStorage<Beginning>();

/**
 * Role, tenant and read-only arrive with BEGIN, and BEGIN travels together with the first statement. Nothing can run outside of them: when
 * one of the settings fails, the transaction is there and broken, and PostgreSQL refuses whatever follows. The end of a reading is not waited for.
 */
class ScopedDriver extends PostgresDriver {
  readonly #begun = new WeakMap<DatabaseConnection, { readonly scope: Beginning; readonly begun: Promise<unknown> }>();
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const scope = beginning.getStore();
    if (scope === undefined) throw new Error("a transaction begins in the name of a tenant or of the installation");
    const begun = connection.executeQuery(CompiledQuery.raw(scope.statement));
    begun.catch((error: unknown) => {
      scope.failure = error;
    });
    this.#begun.set(connection, { scope, begun });
  }
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const found = this.#begun.get(connection);
    if (found?.scope.isReading !== true) return super.commitTransaction(connection);
    await found.begun;
    void super.commitTransaction(connection).catch(() => undefined); // what was read was read; a broken connection says so to the next who uses it
  }
}

class ScopedDialect extends PostgresDialect {
  readonly #pool: pg.Pool;
  constructor(pool: pg.Pool) {
    super({ pool });
    this.#pool = pool;
  }
  override createDriver(): Driver {
    return new ScopedDriver({ pool: this.#pool });
  }
}

/** Wraps a pool for typed SQL. */
export const openDatabase = (pool: pg.Pool): Database => new Kysely<Tables>({ dialect: new ScopedDialect(pool) });

const withScope = async <T>(db: Database, tenantId: Id | null, isReading: boolean, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const scope: Beginning = { statement: `begin ${isReading ? "read only" : "read write"}; set local role ${appRole}; set local app.tenant to ${pg.escapeLiteral(tenantId ?? "")}`, isReading };
  try {
    return await beginning.run(scope, () => db.transaction().execute(work));
  } catch (error) {
    throw scope.failure ?? error; // the first error is the one to tell
  }
};

/** Runs `work` in one transaction as the app role, seeing only the rows of `tenantId` (row-level security). */
export const inTenant = <T>(db: Database, tenantId: Id, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withScope(db, tenantId, false, work);

/** As `inTenant`, but PostgreSQL refuses every write. */
export const readTenant = <T>(db: Database, tenantId: Id, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withScope(db, tenantId, true, work);

/** A transaction of the installation itself, outside any tenant: sign-in before the tenant is known, schedules. */
export const inInstallation = <T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> => withScope(db, null, false, work);

/** As `inInstallation`, but PostgreSQL refuses every write. */
export const readInstallation = <T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> => withScope(db, null, true, work);

/** Does the database answer, under the role that serves requests? */
export const isReachable = (db: Database): Promise<boolean> => inInstallation(db, (tx) => sql`select 1`.execute(tx)).then(() => true, () => false);

/** Does part of a transaction so that its failure undoes that part alone: the transaction goes on and may try otherwise. */
export const inSavepoint = async <T>(tx: Tx, work: () => Promise<T>): Promise<T> => {
  await sql`savepoint part`.execute(tx);
  try {
    const done = await work();
    await sql`release savepoint part`.execute(tx);
    return done;
  } catch (error) {
    await sql`rollback to savepoint part`.execute(tx);
    await sql`release savepoint part`.execute(tx);
    throw error;
  }
};

/** Did the statement fail because a unique key already holds this value? */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  error instanceof pg.DatabaseError && error.code === "23505" && (constraint === undefined || error.constraint === constraint);
