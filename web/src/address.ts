/**
 * Where the pages live: the root that `<base href>` names, read once before any navigation, so that everything
 * works behind a path prefix. Every address of ours (API, socket, pages) is built from it.
 */

/** Ends with a slash: `https://host/` or `https://host/some/prefix/`. */
export const rootAddress = new URL("./", document.baseURI).href;

/** The router's base: the path of the root without its last slash (empty at the root of a host). */
export const rootPath = new URL(rootAddress).pathname.replace(/\/$/, "");
