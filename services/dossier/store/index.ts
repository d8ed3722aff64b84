/** The one door of the dossier's store for apps/server: its migrations and the blob store; everything else is for the dossier's own server room. */
export { dossierMigrations } from "./migrations.ts";
export { directoryBlobs, type BlobStore } from "./blobs.ts";
export { checkS3, s3Blobs, type S3Place } from "./blobs-s3.ts";
