"""Is this answer really about this customer? `judge.judge` says how sure we are, and why.

One file per kind of evidence (`names`, `emails`, `phones`, …), each with one function that compares a customer with an
identity. `weights` holds what each is worth for a person, `weights_by_type` what differs for a business, a profile or a
parcel, `priors` what a lookup is worth by itself, and `judge` adds them up. Vocabulary that providers may use too:
`emails.is_shared`, `domains.is_free_mail`, `postal.is_po_box`.
"""
