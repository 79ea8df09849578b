import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { refusals } from "./refusals.ts";

const schemaOf = (type: z.ZodType, io: "input" | "output") => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: "any" });
  return schema;
};

const parametersOf = (type: z.ZodObject, place: "path" | "query") =>
  Object.entries(type.shape).map(([name, schema]) => ({
    name: name === "*" ? "path" : name, // the rest of a path, whatever its depth
    in: place,
    required: place === "path" || !schema.safeParse(undefined).success,
    schema: schemaOf(schema, "input"),
  }));

const operation = (name: string, endpoint: Endpoint) => ({
  operationId: name,
  summary: endpoint.summary,
  tags: [name.slice(0, name.indexOf("."))],
  security: endpoint.access === "public" ? [] : [{ session: [] }],
  parameters: [...parametersOf(endpoint.params, "path"), ...parametersOf(endpoint.query, "query")],
  ...(endpoint.carries === "upload" && {
    requestBody: { required: true, content: { "multipart/form-data": { schema: { type: "object", required: ["id", "file"], properties: { id: { type: "string", format: "uuid" }, file: { type: "string", format: "binary" } } } } } },
  }),
  ...(!(endpoint.body instanceof z.ZodUndefined) && { requestBody: { required: true, content: { "application/json": { schema: schemaOf(endpoint.body, "input") } } } }),
  responses: {
    ...(endpoint.carries === "file" || endpoint.carries === "stream"
      ? { 200: { description: "Isi berkas" } }
      : endpoint.result instanceof z.ZodVoid
        ? { 204: { description: "Selesai" } }
        : { 200: { description: "Selesai", content: { "application/json": { schema: schemaOf(endpoint.result, "output") } } } }),
    default: { description: "Penolakan bernama", content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } },
  },
});

/** The OpenAPI 3.1 document of a set of endpoints; every endpoint is in it because it is made from them. */
export const openApi = (endpoints: Readonly<Record<string, Endpoint>>, version: string) => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, "{$1}").replace("*", "{path}");
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Lontar", version, description: "E-office terbuka untuk pemerintah daerah." },
    paths,
    components: {
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "__Host-lontar_session" } },
      schemas: {
        Problem: {
          type: "object",
          required: ["type", "title", "status", "code", "requestId"],
          properties: { type: { type: "string" }, title: { type: "string" }, status: { type: "integer" }, code: { type: "string", enum: Object.keys(refusals) }, requestId: { type: "string" }, facts: { type: "object" }, fields: { type: "array", items: { type: "object", properties: { path: { type: "string" }, message: { type: "string" } } } } },
        },
      },
    },
  };
};
