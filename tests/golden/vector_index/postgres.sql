-- up
CREATE INDEX "documents_embedding_vector_index" ON "documents" USING "hnsw" ("embedding" "vector_cosine_ops");

-- down
DROP INDEX "documents_embedding_vector_index";
