package trade

// goods lists the trades that make, pack or grow things: CPV divisions 03, 15,
// 18, 37, 39, 44 and group 7992; NAF divisions 01 to 33; ROME domains B, H, A14.
func goods() []Trade {
	return []Trade{
		{Code: Conditionnement, Label: "Conditionnement et sous-traitance industrielle",
			CPV:   "7992=95 799=35 79920=95 79921=97 6312=30 631=20 1589=20 158973=45 39=12 31=25 42=15 441=10 446=20 1893=30 189=20 3019=15 7957=30 795=15 249=10 331=15 3314=20 351=5",
			NAF:   "8292=97 829=45 52=30 5210=40 25=40 26=50 27=50 28=40 32=35 22=45 2229=50 3299=40 2561=40 2562=45 2825=30 3320=40 293=40",
			ROME:  "H3302=100 N1103=75 N1105=50 H3301=85 H3203=60 H2909=80 H2602=50 N1101=45 N1104=40 H3303=60 H1206=10",
			Words: "conditionnement=95,emballage=60,colisage=92,mise pli=70,assemblage=70,montage=30,kit=65,etiquet=75,ensach=90,colis$=60,sous traitance industrielle=97,controle qualite=40,preparation commande=80,logistique=50,filmage=85,mise sachet=90,routage=50,colis cadeau=65,colis noel=65,composteur=20,stockage=35,manutention=30",
			Names: "conditionnement=95,condition=70,pack=65,industri=65,sous traitance=85,assemblage=80,montage=60,logisti=55,production=40,emballage=80,colis=60,technolog=30,ateliers=20,atelier=15,cablage=60,precision=40,usinage=60,mecano=50,pro=5,industries=65,manufacture=45"},
		{Code: Fabrication, Label: "Fabrication, ameublement et textile",
			CPV:   "18=75 181=75 182=75 183=75 184=60 188=50 189=70 19=60 37=45 375=50 378=50 39=60 391=75 3911=75 3912=75 3913=75 3914=75 3915=75 3916=75 392=45 395=75 3951=80 3952=80 44=30 441=25 442=45 443=40 444=15 445=30 448=15 446=25 349284=70 3492=40 349=30 343=10 35=10 351=10 358=40 301=15 3012=35 30125=40 3019=15 31=15 33=10 14=10 5085=70 508=45 5083=60 42=15 45237=20 22=5 03=3 44111=15 441114=30",
			NAF:   "13=92 14=92 15=90 16=85 23=60 31=95 32=75 25=55 20=45 22=50 17=60 1392=95 1413=92 95=15 9524=85 47=15 28=40 1629=90 4751=50",
			ROME:  "B1803=95 H2401=85 H2402=90 H2206=70 B1806=90 H2201=80 H2203=80 H2209=85 B1805=80 H2911=55 H2913=75 H2914=75 B1302=80 D1207=60 H2414=80 B1801=80 H2102=30 H1203=20",
			Words: "fabrication=70,mobilier=70,couture=85,textile=65,confection=85,uniforme=55,vetement=60,siege=50,bois=35,meuble=75,ebenisterie=92,tapisserie=70,ceramique=80,poterie=85,cannage=90,caisse=45,palette=80,composteur=70,nichoir=85,jeux bois=80,habillement=75,banc$=50,drapeau=50,rideau=70,sac=40,fourniture=30,mobilier urbain=50,masque=45,jouet=65,reliure=30,metallique=35,chaussure=60,epi$=40,produit entretien=45,savon=70,usinage=70,bougie=75,maroquinerie=85,couette=70,linge lit=40,decoration=40,rempaillage=92,cuir=60,consommable=20,cartouche=30,remanufactur=55,achat=8,acquisition=12",
			Names: "bois=55,couture=90,textile=80,mode$=70,creation=50,meuble=85,mobilier=80,fil$=55,aiguille=85,tissu=85,cuir=75,metal=65,fabri=70,poterie=90,ceramique=85,design=65,menuis=50,ebenis=90,tapiss=80,confection=85,vetement=65,savon=75,cire=60,chiffon=55,essuyage=70,soudure=75,chaudronn=85,usinage=85,verrerie=80,artisan=50,jouet=75,palette=75,matelas=70,laine=75,soie=60,tricot=80,chanvre=60,cooperative=5,industriel=50,mecano=70,ateliers=20,atelier=15,brode=70,costume=70,deco=45,meca=55"},
		{Code: Alimentation, Label: "Maraîchage, agroalimentaire et épicerie",
			CPV:   "03=70 031=75 032=85 0322=92 033=60 034=10 0345=35 15=80 151=75 153=85 154=70 155=70 158=75 1581=80 1589=75 158973=85 15894=45 159=65 77=10 771=60 7711=65 16=10",
			NAF:   "01=85 011=95 0113=97 012=85 013=45 014=75 015=85 10=88 107=88 1071=88 11=60 03=70 462=40 463=60 4631=75 472=80 4711=60 4721=85 478=60 4729=80 1039=92 1020=70",
			ROME:  "A1405=92 A1414=85 A1416=95 A1401=80 A1403=80 H2102=85 D1106=60 D1102=75 D1101=70 D1105=60 A1411=60 A1410=70 D1507=55 D1103=60 G1604=30 A1404=80 A1415=60",
			Words: "legume=90,fruit=85,maraich=97,alimentaire=65,denree=65,panier=60,colis$=55,colis alimentaire=92,colis noel=80,colis cadeau=75,boulangerie=80,pain$=70,viennoiserie=80,epicerie=85,viande=65,confiture=92,biscuit=85,chocolat=80,miel=85,agricol=60,bio$=50,legumerie=97,conserverie=92,produit frais=80,gourmand=60,gouter=50,noel=30,cadeau=35,surgele=60,patisserie=80,fromage=80,produits locaux=75,fournit=8,boisson=70,vin$=60,vins=60,friandise=80",
			Names: "jardin cocagne=92,cocagne=92,maraich=95,jardin=60,jardins=65,potager=92,legume=92,ferme=70,agri=70,bio$=60,epicerie=80,alimentaire=65,panier=70,terre$=40,terres$=40,verger=75,banque alimentaire=80,restaurant coeur=75,restos coeur=75,faim=45,fournil=75,pain$=50,gourmand=55,boulang=85,conserv=75,paysan=70,agricole=80,recolte=65,abeille=60,ruche=60,miel=75,fromage=80,biscuit=85,delice=50,saveur=50,champ=35,champs=40,cueillette=75,mer$=20,serre=50,graine=55,semence=60,primeur=80,horti=60,vigne=60,vin$=50,plein champ=60,halles=40,epi$=30,vergers=75,rural=20,confiture=90,chocolat=85,jardiniers=65,jardinier=60"},
	}
}
