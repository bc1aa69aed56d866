# The seller, built and run by a user without rights, on a root file system that may be read-only: only /data is written to.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
COPY training-agent training-agent
COPY compliance compliance
COPY schemas schemas
COPY storyboards storyboards
RUN PATH="$PWD/node_modules/.bin:$PATH" node scripts/build.mjs && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
COPY --from=build --chown=root:root /build/dist /app/dist
COPY --from=build --chown=root:root /build/node_modules /app/node_modules
RUN mkdir /data && chown node:node /data
USER node
WORKDIR /app
VOLUME /data
EXPOSE 4100
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4100/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/scripts/adwright.mjs"]
CMD ["serve", "--host", "0.0.0.0", "--data", "/data", "--config", "/etc/adwright/adwright.yaml"]
