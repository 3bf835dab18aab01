//! Request, response and stream types that cross the process boundary, with their JSON Schema.
