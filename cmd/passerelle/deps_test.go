package main

import (
	"reflect"
	"testing"
)

func TestEveryScreenHasWhatItNeeds(t *testing.T) {
	deps := reflect.ValueOf(depsOf(&desk{}))
	for i := range deps.NumField() {
		name := deps.Type().Field(i).Name
		if deps.Field(i).IsNil() && name != "Company" { // nobody else is here
			t.Errorf("no screen can use %s: it is not given", name)
		}
	}
}
