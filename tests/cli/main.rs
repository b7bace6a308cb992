//! The command line as people meet it: real binaries in projects of their own, what they print as snapshots, how they
//! exit, and that a refused command has changed neither the database nor a file.

#[cfg(test)]
mod acceptance;
#[cfg(test)]
mod broken;
#[cfg(test)]
mod coming;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod files;
#[cfg(test)]
mod graph;
#[cfg(test)]
mod guards;
#[cfg(test)]
mod hints;
#[cfg(test)]
mod hooks;
#[cfg(all(test, unix))]
mod hostile;
#[cfg(test)]
mod in_place;
#[cfg(test)]
mod interrupted;
#[cfg(test)]
mod making;
#[cfg(test)]
mod malformed;
#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod nested;
#[cfg(test)]
mod outside;
#[cfg(test)]
mod packages;
#[cfg(test)]
mod project;
#[cfg(test)]
mod publish;
#[cfg(test)]
mod racing;
#[cfg(test)]
mod reach;
#[cfg(test)]
mod scripted;
#[cfg(test)]
mod several;
#[cfg(test)]
mod shells;
#[cfg(test)]
mod stamped;
#[cfg(test)]
mod targets;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod traps;
#[cfg(test)]
mod unpublish;
#[cfg(test)]
mod usual;
