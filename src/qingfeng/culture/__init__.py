"""Places and routes of integrity culture (清廉文化): content with sources, licences and six signatures."""
