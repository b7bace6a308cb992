//! The suite: one binary, one module per topic.

#[cfg(test)]
mod architecture;
