//! Quality suites over judged searches and questions.
