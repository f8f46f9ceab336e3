//! The methods against reference results, known truths and their naive versions.

mod reference;
