//! The methods against reference results, known truths and their naive versions.

mod anything;
mod naive;
mod null;
mod recovery;
mod reference;
