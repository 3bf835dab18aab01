//! Fetching pictures by URL, and sending to webhooks, on the public internet only unless the owner of the shop allows more.
//!
//! Addresses are checked where the connection is made: the resolver hands out none that are not public, so a name that
//! resolves differently the second time gains nothing. Redirects are followed by hand, each checked like the first.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::LOCATION;
use reqwest::{Client, Response, redirect};
use url::{Host, Url};

use crate::address::is_public;

/// How often a server may send us elsewhere.
const MAX_REDIRECTS: usize = 5;

/// Limits of one request.
#[derive(Clone, Debug)]
pub struct FetchOptions {
    /// The most bytes that are read.
    pub max_bytes: usize,
    /// How long it may take, redirects included.
    pub timeout: Duration,
    /// What to do about addresses that are not of the public internet.
    pub private_networks: PrivateNetworks,
}

/// Whether addresses of private networks, of this machine and of its link are fetched from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrivateNetworks {
    /// They are refused.
    #[default]
    Refuse,
    /// They are fetched from: the feed is trusted.
    Allow,
}

/// Fetches by URL. Proxies of the environment are not used, since they would resolve names for themselves.
#[derive(Clone, Debug)]
pub struct Fetcher {
    client: Client,
    options: FetchOptions,
}

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Correct the URL: it is none, or not of the web.
    #[error("{url} is no http or https URL")]
    BadUrl {
        /// As it was given.
        url: String,
    },
    /// Allow private networks if the feed is trusted.
    #[error("{host} is not on the public internet")]
    PrivateNetwork {
        /// The name or address.
        host: String,
    },
    /// Use a smaller file.
    #[error("it is larger than {max_bytes} bytes")]
    TooLarge {
        /// The limit.
        max_bytes: usize,
    },
    /// Try again later.
    #[error("it took longer than {} seconds", .0.as_secs())]
    TimedOut(Duration),
    /// Correct the URL: the server does not have it.
    #[error("the server answered {status}")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// Correct the server.
    #[error("it redirects more than {MAX_REDIRECTS} times")]
    TooManyRedirects,
    /// Try again later, or look at the connection.
    #[error("the server could not be reached")]
    Unreachable(#[source] reqwest::Error),
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            max_bytes: 10 * 1024 * 1024,
            timeout: Duration::from_secs(20),
            private_networks: PrivateNetworks::Refuse,
        }
    }
}

impl Fetcher {
    /// A fetcher with these limits.
    pub fn new(options: FetchOptions) -> Result<Self, FetchError> {
        let mut client = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(options.timeout)
            .user_agent(concat!("russet/", env!("CARGO_PKG_VERSION")));
        if options.private_networks == PrivateNetworks::Refuse {
            client = client.dns_resolver(Arc::new(PublicNames));
        }
        Ok(Self { client: client.build().map_err(FetchError::Unreachable)?, options })
    }

    /// The bytes at a URL.
    pub async fn fetch(&self, url: &str) -> Result<Vec<u8>, FetchError> {
        let timeout = self.options.timeout;
        tokio::time::timeout(timeout, self.follow(url)).await.unwrap_or(Err(FetchError::TimedOut(timeout)))
    }

    /// Sends a body to a URL; it is taken where the server answers with success. Nothing is followed: what is signed for one place
    /// goes to no other.
    pub async fn post(
        &self,
        url: &str,
        headers: &[(&'static str, String)],
        body: Vec<u8>,
    ) -> Result<(), FetchError> {
        let timeout = self.options.timeout;
        let url = self.check_url(url)?;
        let mut request = self.client.post(url.clone()).body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let sent = tokio::time::timeout(timeout, request.send()).await;
        let response =
            sent.map_err(|_| FetchError::TimedOut(timeout))?.map_err(|error| failed(&url, error))?;
        let status = response.status();
        if status.is_success() { Ok(()) } else { Err(FetchError::Refused { status: status.as_u16() }) }
    }

    /// Whether a URL can be asked for at all.
    pub fn check_url(&self, url: &str) -> Result<Url, FetchError> {
        let url = Url::parse(url).map_err(|_| FetchError::BadUrl { url: url.to_owned() })?;
        self.check(&url)?;
        Ok(url)
    }

    async fn follow(&self, url: &str) -> Result<Vec<u8>, FetchError> {
        let mut url = self.check_url(url)?;
        for _ in 0..=MAX_REDIRECTS {
            self.check(&url)?;
            let response = self.client.get(url.clone()).send().await.map_err(|error| failed(&url, error))?;
            let status = response.status();
            if status.is_success() {
                return self.read(response).await;
            }
            let next = response.headers().get(LOCATION).and_then(|next| next.to_str().ok());
            match next.filter(|_| status.is_redirection()) {
                Some(next) => {
                    url = url.join(next).map_err(|_| FetchError::BadUrl { url: next.to_owned() })?;
                }
                None => return Err(FetchError::Refused { status: status.as_u16() }),
            }
        }
        Err(FetchError::TooManyRedirects)
    }

    /// Addresses in the URL itself never reach the resolver, so they are checked here.
    fn check(&self, url: &Url) -> Result<(), FetchError> {
        let address = match (url.scheme(), url.host()) {
            ("http" | "https", Some(Host::Ipv4(address))) => Some(IpAddr::V4(address)),
            ("http" | "https", Some(Host::Ipv6(address))) => Some(IpAddr::V6(address)),
            ("http" | "https", Some(Host::Domain(_))) => None,
            _ => return Err(FetchError::BadUrl { url: url.to_string() }),
        };
        match address {
            Some(address)
                if self.options.private_networks == PrivateNetworks::Refuse && !is_public(address) =>
            {
                Err(FetchError::PrivateNetwork { host: address.to_string() })
            }
            _ => Ok(()),
        }
    }

    async fn read(&self, mut response: Response) -> Result<Vec<u8>, FetchError> {
        let max_bytes = self.options.max_bytes;
        if response.content_length().is_some_and(|length| length > max_bytes as u64) {
            return Err(FetchError::TooLarge { max_bytes });
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(FetchError::Unreachable)? {
            if bytes.len() + chunk.len() > max_bytes {
                return Err(FetchError::TooLarge { max_bytes });
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

/// Resolves names to public addresses only.
struct PublicNames;

/// A name that has no public address.
#[derive(Debug, thiserror::Error)]
#[error("the name has no public address")]
struct NoPublicAddress;

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err(NoPublicAddress.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// The resolver's refusal lies deep in the chain of causes.
fn failed(url: &Url, error: reqwest::Error) -> FetchError {
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    while let Some(current) = cause {
        if current.is::<NoPublicAddress>() {
            return FetchError::PrivateNetwork { host: url.host_str().unwrap_or_default().to_owned() };
        }
        cause = current.source();
    }
    FetchError::Unreachable(error)
}
