"""A stand-in for the vendors: web servers on loopback that speak their wire formats. All that they say is invented.

`server.serving` starts one server per vendor; each also answers, on its own port and for the whole sandbox,

    GET /_bill        what the vendors charged (`bill.Bill.as_json`)
    GET /_requests    how many requests each vendor saw, by status or, when spoilt on purpose, by kind of fault
    GET /_log         when each vendor's latest requests came, in epoch seconds
    POST /_reset      forget all that, and every question asked

Answers depend on the seed and the question alone, never on order or time; only "still looking" counts how often the
question came. Any key is accepted but the text `wrong`. Words after a plus sign in an e-mail's local part decide what
is otherwise drawn, and may be combined (`ada.sample+queued+miss@example.com`):

    +hit        every vendor knows the person, says all it can, and is right
    +miss       no vendor knows the person
    +queued     the first answer is "still looking", then the person is found
    +forever    "still looking" for ever
    +other      found, but it is somebody else
    +objects    the person objected: Hunter says so, the others seem to know nobody

So do the same words in a handle, each a part of it (`ada-sample-miss`, `ada_sample_hit`). The handles in a person's
records carry `hit` on, and on LinkedIn the employer: `ada-sample-at-example-pumps`.

At the end of a company's name (`Acme Pumps +miss`; without the plus, which OpenCorporates can't be sent, for all but
Facebook) or within the name of a street (`12 Miss St`) they decide what vendors know of a business or a parcel: `hit`
all, `miss` and `objects` nothing, `other` something else; with another one it is known. Place ids, company numbers and
numbers of parcels hold what they stand for, so details can be asked of another sandbox with the same seed. ATTOM's and
CoreLogic's follow-ups say no address, since a number does not give it away.

Domains under the reserved `.invalid` do not exist; mailboxes such as `info@` belong to nobody.
"""
