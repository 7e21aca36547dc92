/** Pyodide with compressed WebAssembly, which the browser decompresses while it loads. */

const originalFetch = globalThis.fetch;

globalThis.fetch = async (address, options) => {
  if (!String(address.url ?? address).endsWith('.wasm')) return originalFetch(address, options);
  const compressed = await originalFetch(`${address.url ?? address}.gz`, options);
  if (!compressed.ok) return compressed;
  const headers = { 'Content-Type': 'application/wasm' };
  return new Response(compressed.body.pipeThrough(new DecompressionStream('gzip')), { headers });
};

export * from './pyodide.mjs';
