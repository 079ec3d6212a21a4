# One process of the server. There is no build step: Node runs the TypeScript as it is.
FROM node:26-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
# The image brings Node itself, so that the optional npm package that does is left out.
RUN npm ci --omit=dev --omit=optional && npm cache clean --force
COPY app.yml LICENSE ./
COPY src ./src
# For SQLite, where DATABASE_URL is not set.
RUN mkdir data && chown node:node data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/start.js"]
