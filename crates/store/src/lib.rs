//! The truth: SQLite and PostgreSQL behind one interface, with migrations, transactions and images.
