/** Pyodide, with its WebAssembly packed to a third: the browser unpacks it while it loads. */

const plain = globalThis.fetch;

globalThis.fetch = async (address, options) => {
  if (!String(address.url ?? address).endsWith('.wasm')) return plain(address, options);
  const packed = await plain(`${address.url ?? address}.gz`, options);
  if (!packed.ok) return packed;
  const headers = { 'Content-Type': 'application/wasm' };
  return new Response(packed.body.pipeThrough(new DecompressionStream('gzip')), { headers });
};

export * from './pyodide.mjs';
