package main

// The 36 communes of the Hauts-de-Seine, exact: here a kilometre is the
// difference between two communes. The EPT come with the divisions; the point is
// the centre of the commune.
func hautsDeSeine() map[string]point {
	return map[string]point{
		// Boucle Nord de Seine
		"92004": {48.9167, 2.2863}, // Asnières-sur-Seine
		"92009": {48.9142, 2.2659}, // Bois-Colombes
		"92024": {48.9047, 2.3035}, // Clichy
		"92025": {48.9226, 2.2506}, // Colombes
		"92036": {48.9324, 2.2899}, // Gennevilliers
		"92078": {48.9366, 2.3234}, // Villeneuve-la-Garenne
		// Grand Paris Seine Ouest
		"92012": {48.8346, 2.2371}, // Boulogne-Billancourt
		"92022": {48.8114, 2.1903}, // Chaville
		"92040": {48.8224, 2.2610}, // Issy-les-Moulineaux
		"92047": {48.8282, 2.1652}, // Marnes-la-Coquette
		"92048": {48.8085, 2.2293}, // Meudon
		"92072": {48.8208, 2.2081}, // Sèvres
		"92075": {48.8204, 2.2840}, // Vanves
		"92077": {48.8215, 2.1743}, // Ville-d'Avray
		// Paris Ouest La Défense
		"92026": {48.9005, 2.2596}, // Courbevoie
		"92033": {48.8461, 2.1888}, // Garches
		"92035": {48.9071, 2.2469}, // La Garenne-Colombes
		"92044": {48.8959, 2.2836}, // Levallois-Perret
		"92050": {48.8966, 2.2108}, // Nanterre
		"92051": {48.8870, 2.2642}, // Neuilly-sur-Seine
		"92062": {48.8832, 2.2373}, // Puteaux
		"92063": {48.8679, 2.1750}, // Rueil-Malmaison
		"92064": {48.8447, 2.2082}, // Saint-Cloud
		"92073": {48.8694, 2.2168}, // Suresnes
		"92076": {48.8411, 2.1611}, // Vaucresson
		// Vallée Sud-Grand Paris
		"92002": {48.7487, 2.2957}, // Antony
		"92007": {48.7984, 2.3094}, // Bagneux
		"92014": {48.7810, 2.3168}, // Bourg-la-Reine
		"92019": {48.7707, 2.2615}, // Châtenay-Malabry
		"92020": {48.8021, 2.2847}, // Châtillon
		"92023": {48.7978, 2.2535}, // Clamart
		"92032": {48.7884, 2.2842}, // Fontenay-aux-Roses
		"92046": {48.8153, 2.2928}, // Malakoff
		"92049": {48.8159, 2.3154}, // Montrouge
		"92060": {48.7800, 2.2623}, // Le Plessis-Robinson
		"92071": {48.7779, 2.2934}, // Sceaux
	}
}

// correct forces the exact coordinates over what was found.
func (c *country) correct() {
	for code, p := range hautsDeSeine() {
		m := c.communes[c.index[code]]
		m.point, m.known, m.rough = p, true, false
	}
}
