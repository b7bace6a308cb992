//! The routes: requests in, the store asked, answers out.

use std::{net::SocketAddr, path::PathBuf};

use arvel_core::{BoxError, Context};
use axum::{
    Extension, Json, Router,
    extract::{ConnectInfo, Path, State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};

use crate::{
    error::ApiError,
    page::page,
    post::{Post, PostForm},
    store::{Caller, Store},
};

#[derive(Clone)]
struct Site {
    store: Store,
    covers: PathBuf,
}

/// All routes, on the configured database.
///
/// # Errors
/// When `databases.default.url` is missing or can not be used.
pub async fn routes(context: Context) -> Result<Router, BoxError> {
    let site = Site { store: Store::of(&context)?, covers: context.path("storage/covers") };
    Ok(Router::new()
        .route("/", get(list))
        .route("/posts", get(list).post(create))
        .route("/posts/{id}", get(show))
        .route("/covers/{name}", get(cover))
        .with_state(site))
}

/// JSON, or a page for clients that ask for one.
async fn list(State(site): State<Site>, headers: HeaderMap) -> Result<Response, ApiError> {
    let posts = site.store.list_posts().await?;
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let vary = [(header::VARY, "accept")];
    Ok(if accepts.contains("text/html") {
        (vary, Html(page(&posts))).into_response()
    } else {
        (vary, Json(posts)).into_response()
    })
}

async fn show(State(site): State<Site>, Path(id): Path<String>) -> Result<Json<Post>, ApiError> {
    let id = id.parse().map_err(|_| ApiError::NotFound)?;
    site.store.find_post(id).await?.map(Json).ok_or(ApiError::NotFound)
}

async fn create(
    State(site): State<Site>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    uri: Uri,
    headers: HeaderMap,
    form: Result<Json<PostForm>, JsonRejection>,
) -> Result<Response, ApiError> {
    let Json(form) = form?;
    let post = form.check()?;
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let caller = Caller {
        ip_address: peer.map(|Extension(ConnectInfo(address))| address.ip().to_string()),
        user_agent: user_agent.map(str::to_owned),
        url: Some(uri.to_string()),
    };
    let id = site.store.create_post(&post, &caller).await?;
    let stored = site.store.find_post(id).await?.ok_or(ApiError::NotFound)?;
    Ok((StatusCode::CREATED, [(header::LOCATION, format!("/posts/{id}"))], Json(stored)).into_response())
}

/// A cover from `storage/covers`.
async fn cover(State(site): State<Site>, Path(name): Path<String>) -> Result<Response, ApiError> {
    let kind = match name.rsplit_once('.') {
        Some((stem, "svg")) if is_plain(stem) => "image/svg+xml",
        Some((stem, "png")) if is_plain(stem) => "image/png",
        _ => return Err(ApiError::NotFound),
    };
    let file = site.covers.join(name);
    let bytes = tokio::task::spawn_blocking(move || std::fs::read(file)).await;
    let Ok(Ok(bytes)) = bytes else { return Err(ApiError::NotFound) };
    // An SVG that is opened by itself is a document: it must not run scripts.
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, bytes).into_response())
}

/// Whether a name can not lead out of its folder.
fn is_plain(stem: &str) -> bool {
    !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
