//! The suite: one binary, one module per topic.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod behaviour;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod docs;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod support;
