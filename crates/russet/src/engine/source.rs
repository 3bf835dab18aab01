//! What the index follows: pages of listings that changed in the store, or all of them.

use commerce::{Document, Listing, ProductId};
use store::{Changes, Store, StoreError};

/// Listings that are read at once.
const PAGE: u32 = 500;

/// Listings to put into the index, page by page.
pub(crate) enum Source {
    /// The whole catalog, after the product that was read last.
    Everything { after: Option<ProductId> },
    /// These products.
    Changed { products: Vec<ProductId>, next: usize },
}

impl Source {
    /// Those that changed; everything where the index is empty.
    pub(crate) fn of(changes: &Changes, is_all: bool) -> Self {
        match is_all {
            true => Self::Everything { after: None },
            false => Self::Changed { products: changes.products.clone(), next: 0 },
        }
    }

    /// The next page; empty at the end.
    pub(crate) async fn page(&mut self, store: &Store) -> Result<Vec<Listing>, StoreError> {
        match self {
            Self::Everything { after } => {
                let page = store.listings_after(after.as_ref(), PAGE).await?;
                *after = page.last().map(|listing| listing.product.id.clone()).or(after.take());
                Ok(page)
            }
            Self::Changed { products, next } => {
                let end = products.len().min(*next + PAGE as usize);
                let page = store.listings(&products[*next..end]).await?;
                // Products that went while this ran leave a page short, never empty before the end.
                *next = end;
                match page.is_empty() && end < products.len() {
                    true => Box::pin(self.page(store)).await,
                    false => Ok(page),
                }
            }
        }
    }
}

/// The documents that are not part of a listing: those that name no product.
pub(crate) async fn shop_documents(store: &Store) -> Result<Vec<Document>, StoreError> {
    let mut documents = store.documents().await?;
    documents.retain(|document| document.products.is_empty());
    Ok(documents)
}
