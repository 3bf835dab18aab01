//! Fields that every feed has, read with diagnostics.
