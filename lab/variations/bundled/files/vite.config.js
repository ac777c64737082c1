import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/dist/", // STATIC_URL and the folder: where the browser will find chunks and images
  build: {
    outDir: "static/dist", // inside a folder of STATICFILES_DIRS, so that collectstatic takes it
    rolldownOptions: {
      input: "assets/main.js",
      // Plain names: Django adds the hash.
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
});
