import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const service = process.env['APIWRIGHT_URL'] ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react()],
  build: {
    // The service serves this directory, and the wheel carries it.
    outDir: '../src/apiwright/api/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // `data:` addresses are not in the content policy
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': service } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
