/** What goes out of a door and what comes back; the types that are refused are refused by the compiler. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask, HttpProblem, http } from "./http";

interface Sent {
  path: string;
  init: RequestInit;
}

let sent: Sent[];
let answer: Response;

/** A browser's `fetch` that notes what it is given and gives what the test says. */
beforeEach(() => {
  sent = [];
  answer = Response.json({ items: [] });
  vi.stubGlobal("fetch", (url: URL, init: RequestInit) => {
    sent.push({ path: url.pathname + url.search, init });
    return Promise.resolve(answer.clone());
  });
});
afterEach(() => vi.unstubAllGlobals());

function only(): Sent {
  const [one, ...more] = sent;
  if (!one || more.length > 0) throw new Error(`${sent.length} requests`);
  return one;
}

describe("ask", () => {
  it("puts ids and a query into the address, without what is missing", async () => {
    await ask("GET /api/auctions/{id}/history", { ids: { id: 7 } });
    await ask("GET /api/vehicles", { query: { q: "zoé", page: 2, entity: undefined, custom_make: null } });
    expect(sent.map(({ path }) => path)).toEqual([
      "/api/auctions/7/history",
      "/api/vehicles?q=zo%C3%A9&page=2",
    ]);
  });

  it("sends a body as JSON, with the key that has it done once", async () => {
    await ask("POST /api/invoices", { body: { number: "F-1", date: "2026-01-31" }, key: "k1" });
    const { init } = only();
    expect(init.method).toBe("POST");
    expect(init.body).toBe('{"number":"F-1","date":"2026-01-31"}');
    expect(init.headers).toMatchObject({ "Content-Type": "application/json", "Idempotency-Key": "k1" });
  });

  it("sends a file as it is, with its own type", async () => {
    const photo = new File(["…"], "front.jpg", { type: "image/jpeg" });
    await ask("POST /api/vehicles/{id}/photos", { ids: { id: 7 }, body: photo, query: { defect: 3 } });
    expect(only().path).toBe("/api/vehicles/7/photos?defect=3");
    expect(only().init.body).toBe(photo);
    expect(only().init.headers).toMatchObject({ "Content-Type": "image/jpeg" });
  });

  it("gives a file where the answer is one, and nothing where there is none", async () => {
    answer = new Response("%PDF", { headers: { "Content-Type": "application/pdf" } });
    expect(await (await ask("GET /api/orders/{id}/paper.pdf", { ids: { id: 7 } })).text()).toBe("%PDF");
    answer = new Response(null, { status: 204 });
    expect(await ask("DELETE /api/sessions/current")).toBeUndefined();
  });

  it("throws the refusal that a door gives", async () => {
    const error = { code: "invalid", message: "name: too long.", field: "name" };
    answer = Response.json({ error }, { status: 422 });
    const refused = ask("PATCH /api/me", { body: { name: "…" } });
    await expect(refused).rejects.toBeInstanceOf(HttpProblem);
    await expect(refused).rejects.toMatchObject({ status: 422, code: "invalid", field: "name", reasons: [] });
  });

  it("is typed by the server's routes", () => {
    const misasked = () => {
      // @ts-expect-error: there is no such route
      void ask("GET /api/nothing");
      // @ts-expect-error: an id is missing
      void ask("GET /api/auctions/{id}");
      // @ts-expect-error: the query has no such member
      void ask("GET /api/vehicles", { query: { colours: "red" } });
      // @ts-expect-error: the body is not what the route reads
      void ask("PATCH /api/me", { body: { nickname: "…" } });
      // @ts-expect-error: the answer has no such member
      void ask("GET /api/me").then((me) => me.nickname);
    };
    expect(misasked).toBeTypeOf("function");
  });
});

describe("http", () => {
  it("takes any path under api/", async () => {
    await http.get("vehicles", { free: true, q: "" });
    await http.put("vehicles/7/price", { price: "1.00" }, { key: "k2" });
    await http.patch("vehicles/7", { colour: "red" });
    await http.remove("vehicles/7");
    expect(sent.map(({ path, init }) => `${init.method} ${path}`)).toEqual([
      "GET /api/vehicles?free=true",
      "PUT /api/vehicles/7/price",
      "PATCH /api/vehicles/7",
      "DELETE /api/vehicles/7",
    ]);
  });
});
