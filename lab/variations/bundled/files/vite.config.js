import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/dist/", // STATIC_URL and the folder: where the browser will find chunks and images
  build: {
    outDir: "static/dist", // inside a folder of STATICFILES_DIRS, so that collectstatic takes it
    rollupOptions: {
      input: "assets/main.js",
      output: { entryFileNames: "[name].js", assetFileNames: "[name][extname]" }, // Django adds the hash
    },
  },
});
