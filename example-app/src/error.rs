//! What goes wrong in a request, as JSON with a status.
//!
//! The body says what the client can do about it; what it can not, only the log is told.

use axum::{
    Json,
    extract::rejection::JsonRejection,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{post::Mistakes, store::StoreError};

/// An answer that is not the one asked for.
#[derive(Debug)]
pub(crate) enum ApiError {
    NotFound,
    /// A body that is no JSON, or not of the right shape.
    Body(JsonRejection),
    Invalid(Mistakes),
    Database(sqlx::Error),
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        Self::Body(rejection)
    }
}

impl From<Mistakes> for ApiError {
    fn from(mistakes: Mistakes) -> Self {
        Self::Invalid(mistakes)
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let text = error.to_string();
        match error {
            StoreError::UnknownAuthor { .. } => Self::Invalid([("author_id", text)].into()),
            StoreError::SlugTaken { .. } => Self::Invalid([("title", text)].into()),
            StoreError::Database(error) => Self::Database(error),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, body) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, json!({ "error": "not found" })),
            Self::Body(rejection) => (rejection.status(), json!({ "error": rejection.body_text() })),
            Self::Invalid(fields) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                json!({ "error": "the post is not valid", "fields": fields }),
            ),
            Self::Database(error) => {
                tracing::error!(%error, "the database can not be used");
                let status = match error {
                    sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => StatusCode::SERVICE_UNAVAILABLE,
                    _ => StatusCode::INTERNAL_SERVER_ERROR,
                };
                (status, json!({ "error": "something went wrong" }))
            }
        };
        (status, Json(body)).into_response()
    }
}
